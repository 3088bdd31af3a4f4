import { setTimeout as sleep } from 'node:timers/promises';
import { executionContext } from '@bulkhead/backend-plugin-api';
import { toError } from '../host/to-error.ts';
import type { Runtime } from '../runtime.ts';
import { LONGEST_TIMER } from '../time/deadline.ts';

/** The times that a shutdown keeps to, in milliseconds. */
export interface ShutdownOptions {
  /** How long requests are still taken after the readiness went off. */
  readonly delay: number;
  /** How long each hook and each disposal may take. */
  readonly timeout: number;
}

const SETTING = 'backend.lifecycle.shutdownTimeout';

/**
 * Takes a host down, in the reverse order of its start. Never rejects and never hangs: what fails or takes too long is
 * logged and left behind.
 */
export async function runShutdown(runtime: Runtime, { delay, timeout }: ShutdownOptions): Promise<void> {
  const { state, lifecycles, container, logger } = runtime;
  const options = { timeout, setting: SETTING };
  state.setPhase('draining');
  await lifecycles.root.runTogether('before-shutdown', options);
  if (delay > 0) await sleep(Math.min(delay, LONGEST_TIMER));
  await lifecycles.root.runTogether('drain', options);
  await Promise.all(state.getPlugins().map(({ pluginId }) => stopPlugin(runtime, pluginId, options)));
  await lifecycles.root.runReversed('shutdown', options);
  await container.dispose({
    timeout,
    onError: ({ serviceId, pluginId }, error) => {
      const owner = pluginId === undefined ? '' : ` of plugin '${pluginId}'`;
      logger.error(`Service '${serviceId}'${owner} could not be disposed of`, toError(error));
    },
  });
  logger.info('Stopped');
  state.setPhase('stopped');
}

async function stopPlugin(
  { state, lifecycles }: Runtime,
  pluginId: string,
  options: { timeout: number; setting: string },
): Promise<void> {
  const hasFailed = state.getPlugin(pluginId)?.phase === 'failed';
  if (!hasFailed) state.setPluginPhase(pluginId, 'stopping');
  await executionContext.run({ pluginId }, async () => {
    await lifecycles.findPlugin(pluginId)?.runReversed('shutdown', options);
  });
  if (!hasFailed) state.setPluginPhase(pluginId, 'stopped');
}
