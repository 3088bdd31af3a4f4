import { coreServices, type AnyServiceRef } from '@bulkhead/backend-plugin-api';
import { deadlineExceeded } from '../errors.ts';
import { toError } from '../host/to-error.ts';
import type { StartupFault } from '../report/backend-startup-error.ts';
import type { Runtime } from '../runtime.ts';
import type { Preparation } from '../validate/prepare.ts';

/**
 * Makes the root services that are not lazy, each as soon as its dependencies are there. The logger goes first, so
 * that the others' faults are logged.
 */
export async function createRootServices(runtime: Runtime, preparation: Preparation): Promise<StartupFault[]> {
  const { container, logger } = runtime;
  const faults: StartupFault[] = [];
  const create = async (ref: AnyServiceRef): Promise<unknown> => {
    try {
      return await createRootService(ref, runtime, preparation);
    } catch (thrown) {
      const error = toError(thrown);
      faults.push({ what: `Service '${ref.id}'`, error });
      if (error !== runtime.deadlines.interruption) logger.error(`Service '${ref.id}' failed to start`, error);
      return undefined;
    }
  };

  if (container.catalog.providersOf(coreServices.rootLogger.id).length > 0) {
    const rootLogger = await create(coreServices.rootLogger);
    if (rootLogger) logger.attach(rootLogger as typeof coreServices.rootLogger.T);
    else return faults;
  }
  const refs = new Map<string, AnyServiceRef>();
  for (const { id, scope, initialization } of preparation.plan.services) {
    if (scope !== 'root' || initialization !== 'always') continue;
    refs.set(id, container.catalog.providersOf(id)[0]!.factory.service);
  }
  await Promise.all(Array.from(refs.values(), create));
  return faults;
}

function createRootService(
  ref: AnyServiceRef,
  { container, deadlines }: Runtime,
  { settings: { startupTimeout } }: Preparation,
): Promise<unknown> {
  return deadlines.run(
    () => container.get(ref),
    startupTimeout,
    () => deadlineExceeded(`Creating service '${ref.id}'`, startupTimeout, 'backend.startup.timeout'),
  );
}
