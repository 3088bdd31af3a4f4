import type { RootConfigService } from '@bulkhead/backend-plugin-api';
import type { Plan, PlanCheck, PlanProblem } from '@bulkhead/backend-runtime';
import { loadConfigSchema, validateConfig, type ConfigSchema, type DiscoveredPackage } from '@bulkhead/config-loader';
import { companionOf } from '@bulkhead/core-services/root-config';
import type { Problem } from '@bulkhead/errors';
import type { JsonObject } from '@bulkhead/types';

/**
 * Checks the configuration against the schemas of all packages. A problem below the key of a plugin is charged to that
 * plugin, so the failure policy may leave it out.
 *
 * @param packages - finds the packages of the host; called when the check runs
 */
export function createConfigCheck(packages: () => readonly DiscoveredPackage[]): PlanCheck {
  return async (plan, { rootConfig }) => {
    // Without a configuration there is nothing to check; why there is none has been reported.
    if (!rootConfig) return [];
    const problems = await check(rootConfig, schemaFor(plan, packages()));
    return problems.map((problem) => chargeToPlugin(problem, plan));
  };
}

/** A configuration from files knows the place of each fault; one that was made by hand does not. */
async function check(config: RootConfigService, schema: ConfigSchema): Promise<readonly Problem[]> {
  const companion = companionOf(config);
  if (companion?.check) return companion.check(schema);
  return (await validateConfig(config.get<JsonObject>(), schema, { withoutForeign: true })).problems;
}

function schemaFor(plan: Plan, packages: readonly DiscoveredPackage[]): ConfigSchema {
  const installed = plan.plugins.map(({ pluginId, declaredPluginId }) => ({ pluginId, of: declaredPluginId }));
  return loadConfigSchema(packages, { installed, knownKeys: plan.leftOut.map(({ pluginId }) => pluginId) });
}

/** A plugin that is left out answers for its section, too: nobody reads it. */
function chargeToPlugin(problem: Problem, { plugins, leftOut }: Plan): PlanProblem {
  const pluginId = problem.path?.[0];
  const known = [...plugins, ...leftOut.filter(({ moduleId }) => moduleId === undefined)];
  const isPlugin = known.some((plugin) => plugin.pluginId === pluginId);
  return isPlugin ? { ...problem, pluginId } : problem;
}
