import { describe, expect, it } from '@jest/globals';
import { ConfigReader } from '@bulkhead/config';
import type { JsonObject } from '@bulkhead/types';
import { readDatabaseSettings, type DatabaseSettings } from './database-settings.ts';

function read(database: JsonObject | undefined): DatabaseSettings {
  return readDatabaseSettings(new ConfigReader(database && { backend: { database } }));
}

describe('readDatabaseSettings', () => {
  it('has a default for everything', () => {
    const expected: DatabaseSettings = {
      connection: undefined,
      admin: undefined,
      division: 'schema',
      prefix: undefined,
      roles: true,
      connectTimeout: 30_000,
      skipMigrations: false,
      migrationLockTimeout: 600_000,
      pool: { max: 20, acquireTimeout: 10_000, idleTimeout: 30_000 },
      embedded: { dataDir: undefined, allowInProduction: false },
    };
    expect(read(undefined)).toEqual(expected);
    expect(read({})).toEqual(expected);
  });

  it('reads a connection string', () => {
    const { connection } = read({ connection: 'postgresql://me:s%40cret@db.example.org:6432/app?sslmode=disable' });
    expect(connection).toMatchObject({
      user: 'me',
      database: 'app',
      address: 'db.example.org:6432',
      client: { host: 'db.example.org', port: 6432, user: 'me', password: 's@cret', database: 'app', ssl: false },
    });
  });

  it('reads a connection in parts, the port from the environment too', () => {
    const parts = {
      host: '/run/postgresql',
      port: '6432',
      user: 'me',
      password: 'x',
      database: 'app',
      ssl: { ca: 'PEM' },
    };
    expect(read({ connection: parts }).connection).toMatchObject({
      address: '/run/postgresql:6432',
      client: { ...parts, port: 6432, connectionTimeoutMillis: 5_000 },
    });
  });

  it('reads a connection string with parts beside it', () => {
    const connection = { connectionString: 'postgresql://me@db/app', password: 'x' };
    expect(read({ connection }).connection).toMatchObject({
      user: 'me',
      client: { host: 'db', port: 5432, password: 'x' },
    });
  });

  it('reads the rest', () => {
    const settings = read({
      client: 'pg',
      admin: { connection: 'postgresql://boss@db/app' },
      pluginDivisionMode: 'database',
      prefix: 'app_',
      roles: false,
      connectTimeout: '1m',
      skipMigrations: true,
      migrations: { lockTimeout: { minutes: 1 } },
      pool: { max: 5, acquireTimeout: '2s', idleTimeout: 1500 },
      embedded: { dataDir: '/data', allowInProduction: true },
    });
    expect(settings).toMatchObject({
      admin: { user: 'boss' },
      division: 'database',
      prefix: 'app_',
      roles: false,
      connectTimeout: 60_000,
      skipMigrations: true,
      migrationLockTimeout: 60_000,
      pool: { max: 5, acquireTimeout: 2_000, idleTimeout: 1_500 },
      embedded: { dataDir: '/data', allowInProduction: true },
    });
  });

  it.each<JsonObject>([
    { client: 'better-sqlite3' },
    { connection: 'postgresql://[' },
    { connection: 'nonsense' },
    { connection: 'mysql://me:s3cret@db/app' },
    { connection: { connectionString: 'db.example.org:5432' } },
    { connection: 7 },
    { connection: ['postgresql://db'] },
    { pluginDivisionMode: 'table' },
    { roles: 'some' },
    { prefix: 'pg_mine' },
    { prefix: '1st' },
    { prefix: 'x'.repeat(41) },
    { pool: { max: 1 } },
    { pool: { max: 2.5 } },
    { connectTimeout: 'soon' },
  ])('refuses %j, without repeating it', (database) => {
    expect(() => read(database)).toThrow(expect.objectContaining({ code: 'ERR_CONFIG_VALUE' }));
  });
});
