import { coreServices, type AnyServiceRef, type RootLoggerService } from '@bulkhead/backend-plugin-api';
import { deadlineExceeded } from '../errors.ts';
import { toError } from '../host/to-error.ts';
import type { StartupFault } from '../report/backend-startup-error.ts';
import type { Runtime } from '../runtime.ts';
import type { Preparation } from '../validate/prepare.ts';

/** Makes the root logger, if there is one, and lets the runtime log to it. */
export async function createRootLogger(runtime: Runtime, preparation: Preparation): Promise<StartupFault[]> {
  const { container, logger } = runtime;
  if (container.catalog.providersOf(coreServices.rootLogger.id).length === 0) return [];
  try {
    logger.attach((await createRootService(coreServices.rootLogger, runtime, preparation)) as RootLoggerService);
    return [];
  } catch (error) {
    return [faultOf(coreServices.rootLogger, error)];
  }
}

/** Makes the root services that are not lazy, each as soon as its dependencies are there. */
export async function createRootServices(runtime: Runtime, preparation: Preparation): Promise<StartupFault[]> {
  const { container, logger, deadlines } = runtime;
  const faults: StartupFault[] = [];
  const refs = new Map<string, AnyServiceRef>();
  for (const { id, scope, initialization } of preparation.plan.services) {
    if (scope !== 'root' || initialization !== 'always') continue;
    refs.set(id, container.catalog.providersOf(id)[0]!.factory.service);
  }
  const create = async (ref: AnyServiceRef): Promise<void> => {
    try {
      await createRootService(ref, runtime, preparation);
    } catch (thrown) {
      const fault = faultOf(ref, thrown);
      // A service that failed takes those down that depend on it; one report will do.
      if (faults.some(({ error }) => isCausedBy(fault.error, error))) return;
      faults.push(fault);
      if (!deadlines.interruption) logger.error(`${fault.what} failed to start`, fault.error);
    }
  };
  await Promise.all(Array.from(refs.values(), create));
  return faults;
}

/** Whether `cause` is among the causes of `error`. */
function isCausedBy(error: Error, cause: Error): boolean {
  for (let inner: unknown = error.cause; inner instanceof Error; inner = inner.cause) {
    if (inner === cause) return true;
  }
  return false;
}

function faultOf(ref: AnyServiceRef, thrown: unknown): StartupFault {
  return { what: `Service '${ref.id}'`, error: toError(thrown), tolerable: false };
}

function createRootService(
  ref: AnyServiceRef,
  { container, deadlines }: Runtime,
  { settings: { startupTimeout } }: Preparation,
): Promise<unknown> {
  return deadlines.run(
    () => container.get(ref),
    startupTimeout,
    () => {
      const blocking = container.runningFactories().filter((id) => id !== ref.id);
      const waiting = blocking.length === 0 ? '' : `, which waits for ${blocking.map((id) => `'${id}'`).join(', ')},`;
      return deadlineExceeded(`Creating service '${ref.id}'${waiting}`, startupTimeout, 'backend.startup.timeout');
    },
  );
}
