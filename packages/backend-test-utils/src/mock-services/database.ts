import type { DatabaseService } from '@bulkhead/backend-plugin-api';
import { recordCalls, type Recorded } from '../recorded-calls.ts';
import { stopAfterTests } from '../stop-after-tests.ts';
import { TestDatabase } from '../test-database/index.ts';
import type { MockPluginOptions } from './mock-service.ts';

/** Where a mock keeps its data. */
export interface MockDatabaseOptions extends MockPluginOptions {
  /** A database that you hold, and that you dispose of. Without it, a fresh one is made on the first `getClient`. */
  readonly database?: TestDatabase;
  /** Whether the plugin should leave its migrations to somebody else. Defaults to false. */
  readonly skipMigrations?: boolean;
}

/** A {@link DatabaseService} over a real, empty PostgreSQL database. */
export type MockDatabase = Recorded<
  DatabaseService,
  AsyncDisposable & {
    /** Drops the database, unless it was given. Happens by itself after the test file. */
    dispose(): Promise<void>;
  }
>;

/** @internal */
export function createMockDatabase({ database: given, skipMigrations }: MockDatabaseOptions): MockDatabase {
  let own: Promise<TestDatabase> | undefined;
  let cancel: (() => void) | undefined;
  const dispose = async (): Promise<void> => {
    cancel?.();
    await (await own)?.dispose();
  };
  const open = (): Promise<TestDatabase> => {
    cancel ??= stopAfterTests(dispose);
    return (own ??= TestDatabase.create());
  };
  return recordCalls<DatabaseService, AsyncDisposable & { dispose(): Promise<void> }>(
    {
      getClient: async () => (given ?? (await open())).client(),
      ...(skipMigrations && { migrations: { skip: true } }),
    },
    { dispose, [Symbol.asyncDispose]: dispose },
  );
}
