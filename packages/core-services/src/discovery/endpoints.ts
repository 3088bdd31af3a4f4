import type { Config } from '@bulkhead/config';
import type { Problem } from '@bulkhead/errors';
import type { JsonObject, JsonValue } from '@bulkhead/types';
import { endpointProblem, invalidDiscovery } from './errors.ts';

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
    const url = readUrl(target, path, problems);
    return { internal: url, external: url };
  }
  if (!isObject(target) || (target.internal === undefined && target.external === undefined)) {
    problems.push(endpointProblem(path, 'must be a URL or { internal, external }'));
    return {};
  }
  return {
    internal: target.internal === undefined ? undefined : readUrl(target.internal, `${path}.internal`, problems),
    external: target.external === undefined ? undefined : readUrl(target.external, `${path}.external`, problems),
  };
}

function readUrl(value: JsonValue, path: string, problems: Problem[]): string | undefined {
  if (typeof value === 'string' && /^https?:/i.test(value) && URL.canParse(fillIn(value, 'id'))) {
    return value.replace(/\/+$/, '');
  }
  const hint =
    typeof value === 'string' && value.startsWith('http+srv:') ? 'SRV records are not looked up.' : undefined;
  problems.push(endpointProblem(path, 'must be an http or https URL', hint));
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
