import type { HealthAnswer, HealthIndicator, RootHealthService, RootHostService } from '@bulkhead/backend-plugin-api';

/**
 * Derives health from what the host and the indicators know at the moment. Anybody may ask, so the answers name no
 * plugin and give no reasons: `/.bulkhead/plugins` and the log do.
 */
export class DefaultRootHealthService implements RootHealthService {
  readonly #host: RootHostService;
  readonly #indicators: readonly HealthIndicator[];

  constructor(host: RootHostService, indicators: readonly HealthIndicator[]) {
    this.#host = host;
    this.#indicators = indicators;
  }

  async getLiveness(): Promise<HealthAnswer> {
    return { status: 200, payload: { status: 'ok' } };
  }

  async getReadiness(): Promise<HealthAnswer> {
    const phase = this.#host.getPhase();
    if (phase !== 'ready') {
      return { status: 503, payload: { status: 'error', phase } };
    }
    const down = this.#indicators.filter((indicator) => !isHealthy(indicator)).map(({ id }) => id);
    if (down.length > 0) {
      return { status: 503, payload: { status: 'error', phase, down } };
    }
    const failedPlugins = this.#host.getPlugins().filter((plugin) => plugin.phase === 'failed').length;
    return { status: 200, payload: { status: 'ok', ...(failedPlugins > 0 && { failedPlugins }) } };
  }
}

function isHealthy(indicator: HealthIndicator): boolean {
  try {
    return indicator.check().healthy;
  } catch {
    return false;
  }
}
