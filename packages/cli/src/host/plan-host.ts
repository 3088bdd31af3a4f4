import { withLauncher, type Launcher } from '@bulkhead/backend-defaults';
import type { Plan } from '@bulkhead/backend-runtime';
import { hostStartsNothing } from '../errors.ts';
import { importHost, type HostOptions } from './run-host.ts';

/**
 * The plan of the host around the working directory. Its main file is run, but its backend is not started.
 *
 * @throws ProblemsError `ERR_RUNTIME_INVALID_PLAN` with everything that is wrong;
 * BulkheadError `ERR_CLI_HOST_STARTS_NOTHING`
 */
export async function planHost(options: HostOptions, { deployment }: Pick<Launcher, 'deployment'> = {}): Promise<Plan> {
  let planning: Promise<Plan> | undefined;
  const launcher: Launcher = {
    deployment,
    async start(backend) {
      planning ??= backend.plan();
      // A host need not await its start, so what is wrong is told below, and here nothing is thrown.
      await planning.catch(() => {});
      // Lets go of the configuration files.
      await backend.stop();
    },
  };
  const { name } = await withLauncher(launcher, () => importHost(options));
  if (!planning) throw hostStartsNothing(name);
  return planning;
}
