import type { HealthAnswer, HealthIndicator, RootHealthService, RootHostService } from '@bulkhead/backend-plugin-api';

/**
 * Derives health from what the host and the indicators know at the moment. Anybody may ask, so the answers name no
 * plugin and give no reasons: `/.bulkhead/plugins` and the log do.
 */
export class DefaultRootHealthService implements RootHealthService {
  readonly #host: RootHostService;
  readonly #indicators: readonly HealthIndicator[];
  /** Part of every answer. */
  readonly #who: { readonly process?: string };

  /** @param process - the name of this process, in a deployment of several */
  constructor(host: RootHostService, indicators: readonly HealthIndicator[], process?: string) {
    this.#host = host;
    this.#indicators = indicators;
    this.#who = process === undefined ? {} : { process };
  }

  async getLiveness(): Promise<HealthAnswer> {
    return { status: 200, payload: { status: 'ok', ...this.#who } };
  }

  async getReadiness(): Promise<HealthAnswer> {
    const phase = this.#host.getPhase();
    if (phase !== 'ready') {
      return { status: 503, payload: { status: 'error', ...this.#who, phase } };
    }
    const down = this.#indicators.filter((indicator) => !isHealthy(indicator)).map(({ id }) => id);
    if (down.length > 0) {
      return { status: 503, payload: { status: 'error', ...this.#who, phase, down } };
    }
    const failedPlugins = this.#host.getPlugins().filter((plugin) => plugin.phase === 'failed').length;
    return { status: 200, payload: { status: 'ok', ...this.#who, ...(failedPlugins > 0 && { failedPlugins }) } };
  }
}

function isHealthy(indicator: HealthIndicator): boolean {
  try {
    return indicator.check().healthy;
  } catch {
    return false;
  }
}
