import type { MockLogger, TestDatabase } from '@bulkhead/backend-test-utils';
import { mockServices } from '@bulkhead/backend-test-utils';
import type { JsonObject } from '@bulkhead/types';
import { DefaultDatabaseService } from '../../src/database/index.ts';
import { DefaultSchedulerService } from '../../src/scheduler/default-scheduler-service.ts';
import type { SchedulerSettings } from '../../src/scheduler/index.ts';
import { startDatabase, type DatabaseHarness } from '../database/database-harness.ts';

/** What one process has of a plugin's scheduler: its own connections, its own view of the tasks. */
export interface SchedulerHarness extends AsyncDisposable {
  readonly scheduler: DefaultSchedulerService;
  readonly logger: MockLogger;
  readonly database: DatabaseHarness;
}

/** How a {@link SchedulerHarness} differs from the usual. */
export interface SchedulerHarnessOptions {
  readonly pluginId?: string;
  readonly settings?: Partial<SchedulerSettings>;
  /** Overrides `backend.database`. */
  readonly connection?: JsonObject;
  /** Do not run tasks yet. */
  readonly waiting?: boolean;
}

/**
 * Short times: what others do is noticed soon, without a test that sleeps. The lease is long enough for a busy machine, on
 * which it may be prolonged late.
 */
const SETTINGS: SchedulerSettings = { timezone: 'UTC', lease: 6_000, pollInterval: 600 };

/** Starts the scheduler of a plugin as a process of its own would. */
export function startScheduler(
  testDatabase: TestDatabase,
  { pluginId = 'todo', settings, connection, waiting = false }: SchedulerHarnessOptions = {},
): SchedulerHarness {
  const database = startDatabase(testDatabase, connection);
  const logger = mockServices.logger({ pluginId });
  const scheduler = new DefaultSchedulerService({
    pluginId,
    settings: { ...SETTINGS, ...settings },
    logger,
    database: new DefaultDatabaseService(database.root, pluginId, logger),
  });
  if (!waiting) scheduler.start();
  return {
    scheduler,
    logger,
    database,
    async [Symbol.asyncDispose]() {
      await scheduler.stop();
      await database[Symbol.asyncDispose]();
    },
  };
}

/** A promise, and the means to settle it. */
export interface Deferred<T = void> {
  readonly promise: Promise<T>;
  resolve(value: T): void;
}

/** Makes a {@link Deferred}. */
export function deferred<T = void>(): Deferred<T> {
  let settle: ((value: T) => void) | undefined;
  const promise = new Promise<T>((resolve) => (settle = resolve));
  return { promise, resolve: settle! };
}

/** Settles when the signal is aborted, with the reason. */
export function aborted(signal: AbortSignal): Promise<unknown> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(signal.reason);
    else signal.addEventListener('abort', () => resolve(signal.reason), { once: true });
  });
}
