import type { DatabaseService } from '@bulkhead/backend-plugin-api';
import { ConfigReader } from '@bulkhead/config';
import {
  DefaultDatabaseService,
  DefaultRootDatabaseService,
  readDatabaseSettings,
} from '@bulkhead/core-services/database';
import { recordCalls, type Recorded } from '../recorded-calls.ts';
import { stopAfterTests } from '../stop-after-tests.ts';
import { TestDatabase } from '../test-database/index.ts';
import { createMockRootLogger } from './logger.ts';
import type { MockPluginOptions } from './mock-service.ts';

/** Where a mock keeps its data. */
export interface MockDatabaseOptions extends MockPluginOptions {
  /** A database that you hold, and that you dispose of. Without it, a fresh one is made on the first `getClient`. */
  readonly database?: TestDatabase;
  /** Whether the plugin should leave its migrations to somebody else. Defaults to false. */
  readonly skipMigrations?: boolean;
}

/** What a mock database can do besides. */
export interface MockDatabaseControl extends AsyncDisposable {
  /** The database behind the service, as its owner sees it; made if there is none yet. */
  testDatabase(): Promise<TestDatabase>;
  /** Ends the connections, and drops the database unless it was given. Happens by itself after the test file. */
  dispose(): Promise<void>;
}

/** The real {@link DatabaseService} of a plugin, over a database made for the test. */
export type MockDatabase = Recorded<DatabaseService, MockDatabaseControl>;

/** @internal */
export function createMockDatabase(options: MockDatabaseOptions): MockDatabase {
  const { pluginId = 'test', skipMigrations = false } = options;
  const surroundings = new DatabaseSurroundings(options.database);
  const dispose = (): Promise<void> => surroundings.dispose();
  return recordCalls<DatabaseService, MockDatabaseControl>(
    {
      getClient: async () => {
        const root = await surroundings.root();
        return new DefaultDatabaseService(root, pluginId, createMockRootLogger({})).getClient();
      },
      migrations: { skip: skipMigrations },
    },
    { testDatabase: () => surroundings.database(), dispose, [Symbol.asyncDispose]: dispose },
  );
}

/** What a plugin's database rests upon, made on first use. */
class DatabaseSurroundings {
  readonly #given: TestDatabase | undefined;
  #own: Promise<TestDatabase> | undefined;
  #root: Promise<DefaultRootDatabaseService> | undefined;
  #forget: (() => void) | undefined;

  constructor(given: TestDatabase | undefined) {
    this.#given = given;
  }

  async database(): Promise<TestDatabase> {
    this.#forget ??= stopAfterTests(() => this.dispose());
    return this.#given ?? (this.#own ??= TestDatabase.create());
  }

  root(): Promise<DefaultRootDatabaseService> {
    return (this.#root ??= this.#createRoot());
  }

  async dispose(): Promise<void> {
    this.#forget?.();
    await (await this.#root)?.stop();
    await (await this.#own)?.dispose();
  }

  async #createRoot(): Promise<DefaultRootDatabaseService> {
    const { config } = await this.database();
    return new DefaultRootDatabaseService(readDatabaseSettings(new ConfigReader(config)), createMockRootLogger({}));
  }
}
