import { executionContext, type AuthService, type Credentials, type LoggerService } from '@bulkhead/backend-plugin-api';
import type { Config } from '@bulkhead/config';
import type { ClientsService } from '@bulkhead/openapi';
import {
  HttpConnection,
  type CallContext,
  type CalledOperation,
  type CallOptions,
  type CallObserver,
  type ClientConnection,
} from '@bulkhead/openapi/client';
import { context, propagation } from '../telemetry/open-telemetry.ts';
import { countCalls } from './call-metrics.ts';
import { readCallPolicy } from './clients-settings.ts';
import { missingCredentials } from './errors.ts';
import { PluginTransport, type PluginTransportOptions } from './plugin-transport.ts';

/** What {@link DefaultClientsService} is made of. */
export interface DefaultClientsServiceOptions extends Omit<PluginTransportOptions, 'pluginId'> {
  /** The plugin that calls others. */
  readonly pluginId: string;
  readonly config: Config;
  readonly auth: AuthService;
  readonly logger: LoggerService;
}

/** Connects one plugin to others. */
export class DefaultClientsService implements ClientsService {
  readonly #options: DefaultClientsServiceOptions;
  readonly #connections = new Map<string, ClientConnection>();

  constructor(options: DefaultClientsServiceOptions) {
    this.#options = options;
  }

  /** @throws BulkheadError `ERR_CONFIG_TYPE`, `ERR_CONFIG_VALUE` */
  connect(pluginId: string): ClientConnection {
    let connection = this.#connections.get(pluginId);
    if (!connection) {
      this.#connections.set(pluginId, (connection = this.#create(pluginId)));
    }
    return connection;
  }

  #create(pluginId: string): ClientConnection {
    const { config, discovery, server, topology, upstreams } = this.#options;
    return new HttpConnection({
      target: `plugin '${pluginId}'`,
      transport: new PluginTransport({ pluginId, discovery, server, topology, upstreams }),
      policy: readCallPolicy(config, pluginId),
      authorize: (operation, options) => this.#authorize(pluginId, operation, options),
      context: currentContext,
      observer: this.#observe(pluginId),
    });
  }

  #authorize(
    targetPluginId: string,
    operation: CalledOperation,
    { token, credentials }: CallOptions,
  ): Promise<string | undefined> | string | undefined {
    if (token !== undefined) {
      return token;
    }
    if (credentials === undefined) {
      if (operation.isPublic) {
        return undefined;
      }
      throw missingCredentials(targetPluginId, operation.operationId);
    }
    return this.#issueToken(targetPluginId, credentials);
  }

  async #issueToken(targetPluginId: string, onBehalfOf: Credentials): Promise<string | undefined> {
    const { token } = await this.#options.auth.getPluginRequestToken({ onBehalfOf, targetPluginId });
    // On behalf of nobody there is none.
    return token === '' ? undefined : token;
  }

  #observe(target: string): CallObserver {
    const { logger, pluginId } = this.#options;
    const counting = countCalls(pluginId, target);
    return {
      ...counting,
      onBreaker(isOpen) {
        counting.onBreaker?.(isOpen);
        if (isOpen) {
          logger.warn(`Plugin '${target}' does not answer, and is not called for a while`);
        } else {
          logger.info(`Plugin '${target}' answers again`);
        }
      },
    };
  }
}

/** What calls inherit from the request that is being answered, or from the task that runs. */
function currentContext(): CallContext {
  const { requestId, traceparent, deadline } = executionContext.current() ?? {};
  const headers: Record<string, string> = {};
  if (requestId !== undefined) {
    headers['x-request-id'] = requestId;
  }
  if (traceparent !== undefined) {
    // Whoever makes no spans passes on what it got (W3C Trace Context, 4.3)…
    headers.traceparent = traceparent;
  }
  // …and whoever has an OpenTelemetry SDK makes some, of which this call is to be a part.
  propagation.inject(context.active(), headers);
  return { headers, deadline };
}
