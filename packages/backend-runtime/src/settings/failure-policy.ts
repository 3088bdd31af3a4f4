import { invalidConfigValue, type Config } from '@bulkhead/config';
import type { Owner } from '../problems/plan-problem.ts';
import { keysOf } from './config-keys.ts';

/** Decides whether the host goes on without a plugin or module that failed. */
export interface FailurePolicy {
  /** Whether the failure of this plugin, or module of a plugin, is tolerated. */
  allows(owner: Owner): boolean;
}

/** Reads a value, or reports why it cannot be read and falls back. */
type Attempt = <T>(path: string, fallback: T, read: () => T) => T;

const STARTUP = 'backend.startup';

/**
 * Reads `backend.startup`: `default.{onPluginBootFailure,onPluginModuleBootFailure}`,
 * `plugins.<id>.onPluginBootFailure` and `plugins.<id>.modules.<id>.onPluginModuleBootFailure`, each `abort` (the
 * default) or `continue`. What holds for a plugin does not hold for its modules.
 */
export function readFailurePolicy(
  config: Config | undefined,
  pluginIds: readonly string[],
  attempt: Attempt,
): FailurePolicy {
  const read = (path: string, fallback: boolean): boolean =>
    attempt(path, fallback, () => {
      const value = config?.getOptionalString(path);
      if (value === undefined) return fallback;
      if (value !== 'abort' && value !== 'continue')
        throw invalidConfigValue(config!, path, { expected: "'abort' or 'continue'" });
      return value === 'continue';
    });

  const pluginDefault = read(`${STARTUP}.default.onPluginBootFailure`, false);
  const moduleDefault = read(`${STARTUP}.default.onPluginModuleBootFailure`, false);
  const plugins = new Map<string, boolean>();
  const modules = new Map<string, boolean>();
  for (const pluginId of pluginIds) {
    const path = `${STARTUP}.plugins.${pluginId}`;
    plugins.set(pluginId, read(`${path}.onPluginBootFailure`, pluginDefault));
    const moduleIds = attempt(`${path}.modules`, [], () => keysOf(config, `${path}.modules`));
    for (const moduleId of moduleIds) {
      const allowed = read(`${path}.modules.${moduleId}.onPluginModuleBootFailure`, moduleDefault);
      modules.set(`${pluginId}/${moduleId}`, allowed);
    }
  }
  return {
    allows: ({ pluginId, moduleId }) =>
      moduleId === undefined
        ? (plugins.get(pluginId) ?? pluginDefault)
        : (modules.get(`${pluginId}/${moduleId}`) ?? moduleDefault),
  };
}
