import type { AnyServiceRef, StartupReport } from '@bulkhead/backend-plugin-api';
import type { ProblemsError } from '@bulkhead/errors';
import { leftOut } from '../errors.ts';
import { freezeInstalled } from '../metadata/root-instance-metadata-service-factory.ts';
import type { LeftOut } from '../plan/plan.ts';
import { describeOwner, sentence } from '../problems/plan-problem.ts';
import { BackendStartupError, type StartupFault } from '../report/backend-startup-error.ts';
import { summariseReport } from '../report/render-report.ts';
import type { Runtime } from '../runtime.ts';
import type { Preparation } from '../validate/prepare.ts';
import { PluginStartup } from './plugin-startup.ts';
import { reportProgress } from './progress.ts';
import { createRootLogger, createRootServices } from './root-services.ts';

/**
 * Follows a plan: root services, then all plugins side by side, then the startup hooks of the process.
 *
 * @throws BackendStartupError when something failed that the failure policy does not tolerate. All that was under way
 * has ended by then, or its time was up.
 */
export async function runStartup(runtime: Runtime, preparation: Preparation): Promise<StartupReport> {
  const { plan, settings } = preparation;
  const { state, lifecycles, recorder, deadlines, logger } = runtime;
  announce(runtime, preparation);
  failOn(await createRootLogger(runtime, preparation), runtime);
  logLeftOut(runtime, preparation);
  failOn(await createRootServices(runtime, preparation), runtime);

  const context = { runtime, preparation, eagerServices: eagerPluginServices(runtime, preparation) };
  const startups = plan.plugins.map((plugin) => new PluginStartup(plugin, context));
  const failOnPlugins = (): void =>
    failOn(
      startups.flatMap(({ faults }) => faults),
      runtime,
    );
  const stopProgress = reportProgress(runtime, startups, settings.slowStartInterval);
  try {
    await Promise.all(startups.map((startup) => startup.run()));
  } finally {
    stopProgress();
  }
  failOnPlugins();

  const { startupTimeout: timeout } = settings;
  await lifecycles.root.runTogether('startup', { timeout, setting: 'backend.startup.timeout', deadlines });
  failOnPlugins();
  const report = recorder.report('success');
  state.setStartupReport(report);
  logger.info(summariseReport(report));
  state.setPhase('ready');
  return report;
}

/** Plugin services that are made for every plugin. */
function eagerPluginServices({ container }: Runtime, { plan }: Preparation): AnyServiceRef[] {
  const eager = plan.services.filter(({ scope, initialization }) => scope === 'plugin' && initialization === 'always');
  const ids = new Set(eager.map(({ id }) => id));
  return Array.from(ids, (id) => container.catalog.providersOf(id)[0]!.factory.service);
}

/** Makes known what will be there, before anything asks. */
function announce({ state }: Runtime, { plan }: Preparation): void {
  const installed = plan.plugins.map(({ pluginId, modules }) => ({
    pluginId,
    modules: modules.map(({ moduleId }) => ({ moduleId })),
  }));
  state.setInstalled(freezeInstalled(installed));
  for (const each of plan.leftOut) {
    if (each.reason !== 'failure' || each.moduleId !== undefined) continue;
    state.addPlugin(each.pluginId, 'failed', errorOf(each));
  }
}

function logLeftOut({ logger }: Runtime, { plan }: Preparation): void {
  for (const each of plan.leftOut) {
    if (each.reason !== 'failure') continue;
    const error = errorOf(each);
    logger.child({ plugin: each.pluginId }).error(error.message, error);
  }
}

function errorOf({ pluginId, moduleId, problems }: LeftOut): ProblemsError {
  return leftOut(sentence(describeOwner({ pluginId, moduleId })), problems);
}

/** Ends the start-up if it was interrupted or has faults that are not tolerated. */
function failOn(faults: readonly StartupFault[], { deadlines, recorder, state }: Runtime): void {
  if (deadlines.interruption) throw deadlines.interruption;
  if (faults.length === 0) return;
  const report = recorder.report('failure');
  state.setStartupReport(report);
  throw new BackendStartupError(faults, report);
}
