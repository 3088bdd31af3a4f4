import { describe, expect, it, jest } from '@jest/globals';
import type { DatabaseService } from '@bulkhead/backend-plugin-api';
import {
  createServiceTester,
  mockServices,
  TcpProxy,
  TestDatabase,
  type ServiceTester,
} from '@bulkhead/backend-test-utils';
import { describeDatabaseService } from '@bulkhead/backend-test-utils/contracts';
import type { JsonObject } from '@bulkhead/types';
import {
  databaseHealthIndicatorFactory,
  databaseServiceFactory,
  rootDatabaseServiceFactory,
  rootDatabaseServiceRef,
} from '../../src/database/index.ts';
import { until } from './database-harness.ts';

jest.setTimeout(60_000);

function testerFor(data: JsonObject): ServiceTester<DatabaseService> {
  return createServiceTester(databaseServiceFactory, {
    services: { rootConfig: mockServices.rootConfig({ data }) },
    deps: [rootDatabaseServiceFactory],
  });
}

describeDatabaseService('databaseServiceFactory', async () => {
  const database = await TestDatabase.create();
  const tester = testerFor(database.config);
  const root = await tester.getService(rootDatabaseServiceRef);
  return {
    service: await tester.get('one'),
    other: await tester.get('other'),
    dispose: async () => {
      await root!.stop();
      await database.dispose();
    },
  };
});

describe('the factories', () => {
  it('connect nowhere unless a plugin asks', async () => {
    await using tester = testerFor({
      backend: { database: { connection: 'postgresql://nobody@127.0.0.1:1/nothing' } },
    });
    await tester.get();
    const root = await tester.getService(rootDatabaseServiceRef);
    expect(root).toMatchObject({ pool: undefined, status: { healthy: true } });
    await root!.stop();
  });

  it('tell plugins to leave their migrations to somebody else', async () => {
    await using tester = testerFor({ backend: { database: { skipMigrations: true } } });
    expect(await tester.get()).toMatchObject({ migrations: { skip: true } });
  });

  it('let the readiness depend on the database', async () => {
    await using database = await TestDatabase.create();
    await using proxy = await TcpProxy.start(database.connection);
    const { connection } = (database.config as { backend: { database: { connection: JsonObject } } }).backend.database;
    const admin = { connection: { ...database.connection, port: proxy.port } };
    const data = { backend: { database: { connection: { ...connection, port: proxy.port }, admin } } };
    await using tester = testerFor(data);
    const root = await tester.getService(rootDatabaseServiceRef);
    const indicator = await databaseHealthIndicatorFactory.factory({ database: root }, undefined);
    expect(indicator).toMatchObject({ id: 'database' });
    await (await tester.get()).getClient();
    expect(indicator.check()).toEqual({ healthy: true });
    await proxy.cut();
    await until(() => !indicator.check().healthy);
    expect(indicator.check()).toEqual({ healthy: false, reason: expect.stringContaining('ECONNREFUSED') });
    await root!.stop();
  });

  it('do not use the embedded server in production, unless told to', async () => {
    const env = jest.replaceProperty(process, 'env', { ...process.env, NODE_ENV: 'production' });
    try {
      await using tester = testerFor({});
      await expect((await tester.get()).getClient()).rejects.toMatchObject({
        code: 'ERR_DATABASE_EMBEDDED_IN_PRODUCTION',
        hint: expect.stringContaining('backend.database.connection'),
      });
    } finally {
      env.restore();
    }
  });
});
