import type { IncomingMessage, ServerResponse } from 'node:http';
import { invalidConfigValue, type Config } from '@bulkhead/config';
import cors from 'cors';

/** What pages may do unless the configuration says otherwise. */
const DEFAULT_METHODS = ['GET', 'HEAD', 'PUT', 'PATCH', 'POST', 'DELETE'];

/** Adds CORS headers; answers preflight requests itself and calls `next` for all others. */
export type CrossOriginHandler = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/**
 * Reads `backend.cors`: `origin` (origins or patterns such as `https://*.example.com`), `methods`, `allowedHeaders`,
 * `exposedHeaders`, `credentials`, `maxAge` (seconds).
 *
 * @returns `undefined` when it is not configured: browsers then keep other origins out
 * @throws BulkheadError `ERR_CONFIG_VALUE` for credentials from any origin, and for patterns that are more than `*`
 */
export function createCrossOriginHandler(config: Config): CrossOriginHandler | undefined {
  const section = config.getOptionalConfig('backend.cors');
  if (!section) {
    return undefined;
  }
  const origins = readList(section, 'origin') ?? [];
  refuseOtherPatterns(section, origins);
  const credentials = section.getOptionalBoolean('credentials') ?? false;
  if (credentials && origins.includes('*')) {
    throw invalidConfigValue(section, 'origin', {
      expected: "a list of origins, not '*', while credentials is true",
      hint: "Name the origins, for example 'https://app.example.com', or set backend.cors.credentials to false.",
    });
  }
  return cors({
    origin: origins.includes('*') ? '*' : origins.map(toOriginMatcher),
    // The library has a default of its own, but not for a key that is there and undefined.
    methods: readList(section, 'methods') ?? DEFAULT_METHODS,
    allowedHeaders: readList(section, 'allowedHeaders'),
    exposedHeaders: readList(section, 'exposedHeaders') ?? ['x-request-id', 'etag', 'retry-after'],
    credentials,
    maxAge: section.getOptionalNumber('maxAge'),
  }) as CrossOriginHandler;
}

/** Tells of which origins pages may use the host on behalf of their users, as `backend.cors` says. */
export function createOriginFilter(config: Config): (origin: string) => boolean {
  const section = config.getOptionalConfig('backend.cors');
  const withCredentials = section?.getOptionalBoolean('credentials') ?? false;
  const allowed = section && withCredentials ? (readList(section, 'origin') ?? []).map(toOriginMatcher) : [];
  return (origin) =>
    allowed.some((matcher) => (typeof matcher === 'string' ? matcher === origin : matcher.test(origin)));
}

/** Characters of other patterns, which are in no origin: it would be kept out without a word. */
const OTHER_PATTERNS = /[?!{}()|]/;

function refuseOtherPatterns(section: Config, origins: readonly string[]): void {
  if (origins.some((origin) => OTHER_PATTERNS.test(origin))) {
    throw invalidConfigValue(section, 'origin', {
      expected: 'a list of origins',
      hint: "Write each origin by itself; * is the only wildcard, as in 'https://*.example.com'.",
    });
  }
}

/** No origin is longer: a host name has at most 253 characters. */
const LONGEST_ORIGIN = 300;

/** `*` stands for what host names and ports are made of. Several of them would take their time with a long header. */
function toOriginMatcher(origin: string): string | RegExp {
  if (!origin.includes('*')) {
    return origin;
  }
  const escaped = origin.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^(?=.{0,${LONGEST_ORIGIN}}$)${escaped.join('[\\w.-]*')}$`);
}

function readList(section: Config, key: string): string[] | undefined {
  return typeof section.getOptional(key) === 'string' ? [section.getString(key)] : section.getOptionalStringArray(key);
}
