import {
  coreServices,
  createServiceFactory,
  createServiceRef,
  type RootLoggerService,
  type ServiceRef,
} from '@bulkhead/backend-plugin-api';
import type { JsonObject } from '@bulkhead/types';
import type { RenderedLines, RenderedLinesSource } from '../root-logger/rendered-lines.ts';

/** What is known about a request once it is over. */
export interface AccessLogEntry {
  readonly method: string;
  /** The request target; secrets in its query are masked. */
  readonly url: string;
  /** 499 when the client hung up before the response was complete. */
  readonly status: number;
  /** Milliseconds from the request's head to the end of the response. */
  readonly duration: number;
  /** What went over the wire for the response, its head included. */
  readonly bytes: number;
  readonly requestId: string;
  /** Absent for paths outside of `/api` and for plugins that do not exist. */
  readonly pluginId?: string;
  /** The origin of the process that has answered in place of this one; for forwarded requests only. */
  readonly upstream?: string;
}

/** Takes one entry per request. */
export interface AccessLogService {
  /** Called when the response is over. Must not throw, and must not block. */
  record(entry: AccessLogEntry): void;
}

/** Paths that probes ask for every few seconds. */
const PROBED = /^\/\.(?:bulkhead|backstage)\/health\//;

const FIELDS = [
  'message',
  'plugin',
  'requestId',
  'type',
  'method',
  'url',
  'status',
  'duration',
  'bytes',
  'upstream',
] as const;

/** Writes one line per request to the logger of the process; requests for its health count as details. */
export class DefaultAccessLogService implements AccessLogService {
  readonly #logger: RootLoggerService;
  readonly #lines: RenderedLines | undefined;

  constructor(logger: RootLoggerService & Partial<RenderedLinesSource>) {
    this.#logger = logger;
    this.#lines = logger.createRenderedLines?.(FIELDS);
  }

  record(entry: AccessLogEntry): void {
    const level = PROBED.test(entry.url) ? 'debug' : 'info';
    if (!this.#lines?.write(level, entry, renderEntry)) {
      this.#logger[level](describe(entry), fieldsOf(entry));
    }
  }
}

function describe({ method, url, status, duration }: AccessLogEntry): string {
  return `${method} ${url} ${status} ${duration} ms`;
}

function fieldsOf({ method, url, status, duration, bytes, requestId, pluginId, upstream }: AccessLogEntry): JsonObject {
  const fields: JsonObject = { type: 'access', method, url, status, duration, bytes, requestId };
  if (upstream !== undefined) fields.upstream = upstream;
  if (pluginId !== undefined) fields.plugin = pluginId;
  return fields;
}

/** Stands in JSON as it is. */
const PLAIN = /^[ !#-[\]-~]*$/;

/**
 * The same as JSON. It is looked at whether the target can stand there as it is; methods are those of the parser, request
 * ids have been checked, plugins that are reached have ids by the rules, and upstreams are origins.
 */
function renderEntry(entry: AccessLogEntry): string | undefined {
  const { method, url, status, bytes, requestId, pluginId, upstream } = entry;
  if (!PLAIN.test(url)) return undefined;
  const duration = String(entry.duration);
  const plugin = pluginId === undefined ? '' : `"plugin":"${pluginId}",`;
  const forwarded = upstream === undefined ? '' : `,"upstream":"${upstream}"`;
  return `"message":"${method} ${url} ${status} ${duration} ms",${plugin}"requestId":"${requestId}","type":"access","method":"${method}","url":"${url}","status":${status},"duration":${duration},"bytes":${bytes}${forwarded}`;
}

/** The access log. Provide another one to send entries elsewhere. */
export const accessLogServiceRef: ServiceRef<AccessLogService, 'root', 'singleton'> =
  createServiceRef<AccessLogService>({
    id: 'core.accessLog',
    scope: 'root',
    defaultFactory: async () => accessLogServiceFactory,
  });

/** Writes the access log through {@link coreServices.rootLogger}. */
export const accessLogServiceFactory = createServiceFactory({
  service: accessLogServiceRef,
  deps: { logger: coreServices.rootLogger },
  factory: ({ logger }) => new DefaultAccessLogService(logger),
});
