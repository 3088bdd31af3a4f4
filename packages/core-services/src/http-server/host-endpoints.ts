import type { HealthAnswer, RootHealthService, RootHostService } from '@bulkhead/backend-plugin-api';
import type { JsonObject, JsonValue } from '@bulkhead/types';
import type { HostAccess } from '../auth/host-access.ts';
import type { ExtraHeaders } from './error-responder.ts';
import { stillStarting } from './errors.ts';
import { LIVENESS_PATH, READINESS_PATH } from './health-paths.ts';
import type { Endpoint, EndpointAnswer } from './root-routes.ts';

/** What the endpoints of the host are made of. */
export interface HostEndpointsOptions {
  readonly health: RootHealthService;
  readonly host: RootHostService;
  readonly access: HostAccess;
  /** Sent with answers about health, in place of those that would be sent otherwise, too. */
  readonly healthHeaders: ExtraHeaders;
}

/**
 * The paths under which the host tells about itself. Health is for everybody and says little; the rest needs
 * credentials.
 */
export function createHostEndpoints(options: HostEndpointsOptions): ReadonlyMap<string, Endpoint> {
  const { health, host, access, healthHeaders: headers } = options;
  const liveness: Endpoint = async () => ({ ...toEndpointAnswer(await health.getLiveness()), headers });
  const readiness: Endpoint = async () => ({ ...toEndpointAnswer(await health.getReadiness()), headers });
  return new Map([
    [LIVENESS_PATH, liveness],
    [READINESS_PATH, readiness],
    // Where Backstage has them, for probes that are set up already.
    ['/.backstage/health/v1/liveness', liveness],
    ['/.backstage/health/v1/readiness', readiness],
    ['/.bulkhead/startup', guarded(access, () => describeStartup(host))],
    ['/.bulkhead/plugins', guarded(access, () => describePlugins(host))],
  ]);
}

function guarded(access: HostAccess, describe: () => JsonValue): Endpoint {
  return async ({ request }) => {
    await access.demand(request);
    return { status: 200, body: describe() };
  };
}

function toEndpointAnswer({ status, payload }: HealthAnswer): EndpointAnswer {
  return { status, body: payload };
}

function describeStartup(host: RootHostService): JsonValue {
  const report = host.getStartupReport();
  if (!report) {
    throw stillStarting();
  }
  const { beginAt, resultAt, outcome, plugins, steps } = report;
  return {
    beginAt: beginAt.toISOString(),
    resultAt: resultAt.toISOString(),
    outcome,
    plugins: plugins.map(({ pluginId, resultAt: endedAt, failure, modules }) => ({
      pluginId,
      resultAt: endedAt.toISOString(),
      ...(failure && { failure: describeError(failure.error), allowed: failure.allowed }),
      modules: modules.map((module) => ({
        moduleId: module.moduleId,
        resultAt: module.resultAt.toISOString(),
        ...(module.failure && { failure: describeError(module.failure.error), allowed: module.failure.allowed }),
      })),
    })),
    steps: steps.map((step) => ({ ...step, waitedFor: [...step.waitedFor] })),
  };
}

function describePlugins(host: RootHostService): JsonValue {
  return {
    phase: host.getPhase(),
    plugins: host.getPlugins().map(({ pluginId, phase, failure, faults, faultCount }) => ({
      pluginId,
      phase,
      ...(failure && { failure: describeError(failure) }),
      faultCount,
      faults: faults.map(({ at, error }) => ({ at: at.toISOString(), error: describeError(error) })),
    })),
  };
}

function describeError(error: Error): JsonObject {
  const { code } = error as { code?: unknown };
  return { name: error.name, message: error.message, ...(typeof code === 'string' && { code }) };
}
