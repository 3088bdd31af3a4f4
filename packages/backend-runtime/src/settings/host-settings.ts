import { readOptionalDuration, type Config } from '@bulkhead/config';
import type { PlanProblem } from '../problems/plan-problem.ts';
import { invalidSetting } from '../problems/setting-problems.ts';
import { keysOf } from './config-keys.ts';
import { readFailurePolicy, type FailurePolicy } from './failure-policy.ts';

/** What the runtime reads from `backend.startup` and `backend.lifecycle`. Times are in milliseconds. */
export interface HostSettings {
  /** How long each import, loader, root service, init and startup hook may take. */
  readonly startupTimeout: number;
  /** Time for particular plugins, where it differs. */
  readonly pluginTimeouts: ReadonlyMap<string, number>;
  /** How long a start may go on before the log says what is still under way, and between such lines. */
  readonly slowStartInterval: number;
  /** How long the process keeps taking requests after its readiness went off. */
  readonly serverShutdownDelay: number;
  /** How long each shutdown hook and each disposal may take. */
  readonly shutdownTimeout: number;
  readonly failurePolicy: FailurePolicy;
  /** Whether a plugin, with its modules, is to be started at all. */
  isEnabled(pluginId: string): boolean;
}

/** The times that hold where the configuration says nothing. */
export type HostSettingsDefaults = Partial<
  Pick<HostSettings, 'startupTimeout' | 'slowStartInterval' | 'serverShutdownDelay' | 'shutdownTimeout'>
>;

/** The times that hold where neither the configuration nor the assembly says anything. */
export const defaultTimes: Required<HostSettingsDefaults> = {
  startupTimeout: 60_000,
  slowStartInterval: 5_000,
  serverShutdownDelay: 0,
  shutdownTimeout: 10_000,
};

/** Reads the settings, each once. A value that cannot be used is a problem, and the default holds. */
export function readHostSettings(
  config: Config | undefined,
  defaults: HostSettingsDefaults,
): { settings: HostSettings; problems: PlanProblem[] } {
  const problems: PlanProblem[] = [];
  const times = { ...defaultTimes, ...defaults };
  const attempt = <T>(path: string, fallback: T, read: () => T): T => {
    try {
      return read();
    } catch (error) {
      problems.push(invalidSetting(path, error));
      return fallback;
    }
  };
  const time = (path: string, fallback: number): number =>
    attempt(path, fallback, () => (config && readOptionalDuration(config, path)) ?? fallback);

  const pluginTimeouts = new Map<string, number>();
  const startupTimeout = time('backend.startup.timeout', times.startupTimeout);
  const pluginIds = attempt('backend.startup.plugins', [], () => keysOf(config, 'backend.startup.plugins'));
  for (const pluginId of pluginIds) {
    const timeout = time(`backend.startup.plugins.${pluginId}.timeout`, startupTimeout);
    if (timeout !== startupTimeout) pluginTimeouts.set(pluginId, timeout);
  }
  const flag = (path: string, fallback: boolean): boolean =>
    attempt(path, fallback, () => config?.getOptionalBoolean(path) ?? fallback);
  const enabledByDefault = flag('backend.startup.default.enabled', true);
  const exceptions = new Set(
    pluginIds.filter((id) => flag(`backend.startup.plugins.${id}.enabled`, enabledByDefault) !== enabledByDefault),
  );
  const settings: HostSettings = {
    startupTimeout,
    pluginTimeouts,
    slowStartInterval: time('backend.startup.slowStartInterval', times.slowStartInterval),
    serverShutdownDelay: time('backend.lifecycle.serverShutdownDelay', times.serverShutdownDelay),
    shutdownTimeout: time('backend.lifecycle.shutdownTimeout', times.shutdownTimeout),
    failurePolicy: readFailurePolicy(config, pluginIds, attempt),
    isEnabled: (pluginId) => exceptions.has(pluginId) !== enabledByDefault,
  };
  return { settings, problems };
}
