import type {
  AuditEvent,
  AuditEventOptions,
  AuditorService,
  AuthService,
  Credentials,
  HttpAuthService,
  LoggerService,
} from '@bulkhead/backend-plugin-api';
import type { JsonObject } from '@bulkhead/types';
import type { Request } from 'express';
import { toLoggedTarget } from '../http-server/logged-target.ts';
import type { AuditLevels } from './audit-levels.ts';

/** What {@link DefaultAuditorService} is made from. */
export interface AuditorOptions {
  readonly pluginId: string;
  readonly logger: LoggerService;
  readonly auth: AuthService;
  readonly httpAuth: HttpAuthService;
  /** At which level events are logged, as the configuration has it now. */
  readonly levels: () => AuditLevels;
}

/**
 * Writes events to the plugin's log: one line when something is about to be done, one when it is done or has failed.
 * Each line has `isAuditEvent: true`, so that a collector can tell them from others.
 */
export class DefaultAuditorService implements AuditorService {
  readonly #options: AuditorOptions;

  constructor(options: AuditorOptions) {
    this.#options = options;
  }

  /** {@inheritDoc AuditorService.createEvent} */
  async createEvent({ eventId, severityLevel = 'low', request, meta }: AuditEventOptions): Promise<AuditEvent> {
    const { pluginId, logger, levels } = this.#options;
    const event = {
      isAuditEvent: true,
      eventId,
      severityLevel,
      actor: await this.#actor(request),
      ...(request && { request: { method: request.method, url: toLoggedTarget(request.originalUrl) } }),
    };
    let ended: 'succeeded' | 'failed' | undefined;
    const log = (status: string, more: JsonObject | undefined, error?: Error): void => {
      const line = { ...event, status, meta: { ...meta, ...more }, ...(error && { error: error as never }) };
      logger[levels()[severityLevel]](`${pluginId}.${eventId}`, line);
    };
    const end = (status: 'succeeded' | 'failed', more: JsonObject | undefined, error?: Error): void => {
      // Published plugins report success before they answer, and the failure of the answer after it: that must be on record.
      if (ended === undefined || (ended === 'succeeded' && status === 'failed')) {
        ended = status;
        log(status, more, error);
      }
    };
    log('initiated', undefined);
    return {
      success: async (options) => end('succeeded', options?.meta),
      fail: async (options) => end('failed', options.meta, options.error),
    };
  }

  /** Who does it: the caller of a request, without one the plugin itself. */
  async #actor(request: Request | undefined): Promise<JsonObject> {
    if (!request) return describeActor(await this.#options.auth.getOwnServiceCredentials());
    const { ip, hostname } = request;
    const userAgent = request.get('user-agent');
    return { ...(await this.#caller(request)), ip, hostname, userAgent };
  }

  async #caller(request: Request): Promise<JsonObject> {
    try {
      return describeActor(await this.#options.httpAuth.credentials(request, { allowLimitedAccess: true }));
    } catch {
      // What is audited may be that somebody tried with a bad token.
      return {};
    }
  }
}

function describeActor({ principal }: Credentials): JsonObject {
  const { type, userEntityRef, subject, actor } = principal as Record<string, unknown> & {
    actor?: { readonly subject: string };
  };
  if (type === 'user') return { actorId: String(userEntityRef), ...(actor && { through: actor.subject }) };
  return type === 'service' ? { actorId: String(subject) } : {};
}
