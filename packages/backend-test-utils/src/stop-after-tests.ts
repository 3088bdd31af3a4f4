import type { MaybePromise } from '@bulkhead/types';

type Stop = () => MaybePromise<void>;

const pending = new Set<Stop>();

/**
 * Calls `stop` after the last test of the file, unless the returned function has been called before. Without a test
 * runner that has a global `afterAll`, whoever started a thing stops it.
 */
export function stopAfterTests(stop: Stop): () => void {
  pending.add(stop);
  return () => void pending.delete(stop);
}

/** Stops what is left, the latest first. One that fails does not keep the others from being stopped. */
export async function stopAll(): Promise<void> {
  const failures: unknown[] = [];
  for (const stop of [...pending].reverse()) {
    pending.delete(stop);
    await Promise.resolve()
      .then(stop)
      .catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw failures[0];
}

// Runners let a hook be registered only while a file is being loaded, so it happens when this module is.
registerHook();

function registerHook(): void {
  const { afterAll } = globalThis as { afterAll?: (hook: () => Promise<void>) => void };
  try {
    afterAll?.(stopAll);
  } catch {
    // Loaded from inside of a test, where hooks cannot be added: the test stops what it starts.
  }
}
