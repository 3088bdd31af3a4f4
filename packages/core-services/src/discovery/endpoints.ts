import type { Config } from '@bulkhead/config';
import type { Problem } from '@bulkhead/errors';
import type { JsonObject, JsonValue } from '@bulkhead/types';
import { endpointProblem, invalidDiscovery } from './errors.ts';
import { isSrvUrl } from './srv-resolver.ts';

/** Where plugins are, as configured. URLs may hold the placeholder `{{pluginId}}`. */
export interface Endpoint {
  /** For other processes of the deployment. */
  readonly internal?: string;
  /** For users. */
  readonly external?: string;
  /** Plugin ids; `*` stands for all that no other entry names. */
  readonly plugins: readonly string[];
}

const KEY = 'discovery.endpoints';
const SRV = /^https?\+srv:\/\//i;

/**
 * Reads `discovery.endpoints`: `[{ target: url | { internal, external }, plugins: [ids] }]`.
 *
 * @throws ProblemsError `ERR_DISCOVERY_CONFIG` that lists everything that is wrong
 */
export function readEndpoints(config: Config): Endpoint[] {
  const entries = config.getOptional(KEY) ?? [];
  const problems: Problem[] = [];
  if (!Array.isArray(entries)) {
    throw invalidDiscovery([endpointProblem(KEY, 'must be a list')]);
  }
  const endpoints = entries.map((entry, index) => readEndpoint(entry, `${KEY}[${index}]`, problems));
  if (problems.length > 0) {
    throw invalidDiscovery(problems);
  }
  return endpoints;
}

function readEndpoint(entry: JsonValue, path: string, problems: Problem[]): Endpoint {
  const { target, plugins } = isObject(entry) ? entry : {};
  return { ...readTarget(target, `${path}.target`, problems), plugins: readPlugins(plugins, path, problems) };
}

function readTarget(
  target: JsonValue | undefined,
  path: string,
  problems: Problem[],
): Pick<Endpoint, 'internal' | 'external'> {
  if (typeof target === 'string') {
    const url = readInternalUrl(target, path, problems);
    // Browsers do not ask for SRV records.
    return { internal: url, external: url !== undefined && isSrvUrl(new URL(fillIn(url, 'id'))) ? undefined : url };
  }
  if (!isObject(target) || (target.internal === undefined && target.external === undefined)) {
    problems.push(endpointProblem(path, 'must be a URL or { internal, external }'));
    return {};
  }
  return {
    internal:
      target.internal === undefined ? undefined : readInternalUrl(target.internal, `${path}.internal`, problems),
    external: target.external === undefined ? undefined : readUrl(target.external, `${path}.external`, problems),
  };
}

function readUrl(value: JsonValue, path: string, problems: Problem[]): string | undefined {
  if (typeof value === 'string' && /^https?:/i.test(value) && URL.canParse(fillIn(value, 'id'))) {
    return value.replace(/\/+$/, '');
  }
  const isSrv = typeof value === 'string' && SRV.test(value);
  const hint = isSrv ? 'SRV records are looked up for `internal` targets only: users have no way to.' : undefined;
  problems.push(endpointProblem(path, 'must be an http or https URL', hint));
  return undefined;
}

/** As {@link readUrl}; also `http+srv://name`, whose SRV records tell host and port. */
function readInternalUrl(value: JsonValue, path: string, problems: Problem[]): string | undefined {
  if (typeof value !== 'string' || !SRV.test(value)) return readUrl(value, path, problems);
  const filled = fillIn(value, 'id');
  const url = URL.canParse(filled) ? new URL(filled) : undefined;
  const extra = url && `${url.port}${url.username}${url.password}${url.search}${url.hash}`;
  if (url && url.hostname !== '' && extra === '') return value.replace(/\/+$/, '');
  const hint = 'As in http+srv://todo.service.internal/api/{{pluginId}}: the SRV records of the name tell the port.';
  problems.push(endpointProblem(path, 'must be a name and a path behind http+srv:// or https+srv://', hint));
  return undefined;
}

function readPlugins(value: JsonValue | undefined, path: string, problems: Problem[]): string[] {
  if (Array.isArray(value) && value.every((id): id is string => typeof id === 'string' && id !== '')) {
    return value;
  }
  problems.push(endpointProblem(`${path}.plugins`, "must be a list of plugin ids, or ['*']"));
  return [];
}

/** A URL with the placeholder filled in. */
export function fillIn(url: string, pluginId: string): string {
  return url.replace(/\{\{\s*pluginId\s*\}\}/g, encodeURIComponent(pluginId));
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
