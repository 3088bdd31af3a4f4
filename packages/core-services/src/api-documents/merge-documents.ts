import { isDeepStrictEqual } from 'node:util';
import { isJsonObject, type JsonObject } from './json.ts';
import { qualifyDocument, type QualifiedDocument } from './qualify-document.ts';

/** The document of one plugin, with `servers`. */
export interface PluginDocument {
  readonly pluginId: string;
  readonly document: JsonObject;
}

/** A plugin whose document could not be had, and why. */
export interface UnavailableDocument {
  readonly pluginId: string;
  /** Completes the sentence that begins with the plugin's name. */
  readonly reason: string;
}

/** What {@link mergeDocuments} makes one document of. */
export interface MergeOptions {
  /** The URL of the host that answers, which the paths are relative to unless they say otherwise. */
  readonly baseUrl: string;
  readonly documents: readonly PluginDocument[];
  readonly unavailable: readonly UnavailableDocument[];
}

/** What a merged document says about the plugins that it lacks. */
export const UNAVAILABLE = 'x-unavailable-plugins';

/** Makes one OpenAPI document of those of several plugins. They come in the order of their ids. */
export function mergeDocuments({ baseUrl, documents, unavailable }: MergeOptions): JsonObject {
  const sharedSchemes = findSharedSchemes(documents);
  const paths: JsonObject = {};
  const webhooks: JsonObject = {};
  const components: Record<string, JsonObject> = {};
  const tags: JsonObject[] = [];
  for (const { pluginId, document } of [...documents].sort((a, b) => (a.pluginId < b.pluginId ? -1 : 1))) {
    const qualified = qualifyDocument(document, { pluginId, sharedSchemes });
    const elsewhere = hostUrlOf(document, pluginId);
    const placed = elsewhere === undefined || elsewhere === baseUrl ? qualified : at(elsewhere, qualified);
    Object.assign(paths, placed.paths);
    Object.assign(webhooks, placed.webhooks);
    tags.push(...placed.tags);
    for (const [section, entries] of Object.entries(placed.components)) {
      components[section] = { ...components[section], ...entries };
    }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'All plugins', version: '1', description: describe(documents, unavailable) },
    servers: [{ url: baseUrl }],
    tags,
    paths,
    ...(Object.keys(webhooks).length > 0 && { webhooks }),
    components,
    ...(unavailable.length > 0 && { [UNAVAILABLE]: unavailable.map((plugin) => ({ ...plugin })) }),
  };
}

/**
 * The names of security schemes that mean the same wherever they occur: who has signed in once, has for all plugins.
 * A name with a dot could be one that another plugin's scheme gets.
 */
function findSharedSchemes(documents: readonly PluginDocument[]): Set<string> {
  const found = new Map<string, unknown>();
  const different = new Set<string>();
  for (const { document } of documents) {
    const components = isJsonObject(document.components) ? document.components : {};
    const schemes = isJsonObject(components.securitySchemes) ? components.securitySchemes : {};
    for (const [name, scheme] of Object.entries(schemes)) {
      if (name.includes('.') || (found.has(name) && !isDeepStrictEqual(found.get(name), scheme))) {
        different.add(name);
      }
      found.set(name, scheme);
    }
  }
  return new Set([...found.keys()].filter((name) => !different.has(name)));
}

/** The URL of the host below which a plugin is found at its usual place; `undefined` if that is not known. */
function hostUrlOf({ servers }: JsonObject, pluginId: string): string | undefined {
  const server = Array.isArray(servers) ? servers[0] : undefined;
  const url = isJsonObject(server) ? server.url : undefined;
  const place = `/api/${pluginId}`;
  return typeof url === 'string' && url.endsWith(place) ? url.slice(0, -place.length) || undefined : undefined;
}

function at(url: string, document: QualifiedDocument): QualifiedDocument {
  const paths = Object.entries(document.paths).map(([path, item]) => [
    path,
    isJsonObject(item) ? { servers: [{ url }], ...item } : item,
  ]);
  return { ...document, paths: Object.fromEntries(paths) as JsonObject };
}

function describe(documents: readonly PluginDocument[], unavailable: readonly UnavailableDocument[]): string {
  const text = `What the plugins of this host offer: ${documents.length} with a contract.`;
  const missing = unavailable.map(({ pluginId, reason }) => `- \`${pluginId}\` ${reason}`);
  return missing.length === 0 ? text : [text, '', 'Missing here:', '', ...missing].join('\n');
}
