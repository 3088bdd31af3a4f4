import {
  coreServices,
  createServiceFactory,
  createServiceRef,
  type RootLoggerService,
  type ServiceRef,
} from '@bulkhead/backend-plugin-api';
import type { JsonObject } from '@bulkhead/types';

/** What is known about a request once it is over. */
export interface AccessLogEntry {
  readonly method: string;
  /** The request target; secrets in its query are masked. */
  readonly url: string;
  /** 499 when the client hung up before the response was complete. */
  readonly status: number;
  /** Milliseconds from the request's head to the end of the response. */
  readonly duration: number;
  /** What went over the wire for the response, its head included. Inexact for pipelined requests. */
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

/** Writes one line per request to the logger of the process; requests for its health count as details. */
export class DefaultAccessLogService implements AccessLogService {
  readonly #logger: RootLoggerService;

  constructor(logger: RootLoggerService) {
    this.#logger = logger;
  }

  record({ method, url, status, duration, bytes, requestId, pluginId, upstream }: AccessLogEntry): void {
    const meta: JsonObject = { type: 'access', method, url, status, duration, bytes, requestId };
    if (upstream !== undefined) meta.upstream = upstream;
    if (pluginId !== undefined) meta.plugin = pluginId;
    this.#logger[PROBED.test(url) ? 'debug' : 'info'](`${method} ${url} ${status} ${duration} ms`, meta);
  }
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
