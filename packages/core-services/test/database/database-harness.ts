import { ConfigReader } from '@bulkhead/config';
import type { TestDatabase } from '@bulkhead/backend-test-utils';
import { mockServices, type MockLogger } from '@bulkhead/backend-test-utils';
import type { JsonObject } from '@bulkhead/types';
import { readDatabaseSettings } from '../../src/database/database-settings.ts';
import { DefaultRootDatabaseService } from '../../src/database/default-root-database.ts';

/** A database of a process over a database of a test. */
export interface DatabaseHarness extends AsyncDisposable {
  readonly root: DefaultRootDatabaseService;
  readonly logger: MockLogger;
}

/** Starts the database of a process as a host would. */
export function startDatabase(database: TestDatabase | undefined, overrides: JsonObject = {}): DatabaseHarness {
  const base = (database?.config as { backend: { database: JsonObject } } | undefined)?.backend.database ?? {};
  const config = new ConfigReader({ backend: { database: { ...base, ...overrides } } });
  const logger = mockServices.rootLogger();
  const root = new DefaultRootDatabaseService(readDatabaseSettings(config), logger);
  return { root, logger, [Symbol.asyncDispose]: () => root.stop() };
}

/** Asks until the answer is yes; a test that waits in vain fails instead of going on for ever. */
export async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  const deadline = performance.now() + 30_000;
  while (!(await condition())) {
    if (performance.now() > deadline) {
      throw new TypeError(`In vain: ${condition.toString()}`);
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}
