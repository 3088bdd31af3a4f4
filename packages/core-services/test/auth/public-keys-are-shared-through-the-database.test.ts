import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { TcpProxy, TestDatabase } from '@bulkhead/backend-test-utils';
import type { JsonObject } from '@bulkhead/types';
import { DatabasePublicKeyStore } from '../../src/plugin-keys/database-public-key-store.ts';
import { RotatingPluginKeys } from '../../src/plugin-keys/rotating-plugin-keys.ts';
import { SharedKeys } from '../../src/plugin-keys/shared-keys.ts';
import { startDatabase, until, type DatabaseHarness } from '../database/database-harness.ts';

// Real servers and processes, on machines that are busy with other tests.
jest.setTimeout(60_000);

const TABLE = 'backstage_backend_public_keys__keys';
const HOUR = 3_600_000;

let database: TestDatabase;

beforeAll(async () => {
  database = await TestDatabase.create();
});

afterAll(() => database.dispose());

interface KeyHost extends AsyncDisposable {
  readonly keys: RotatingPluginKeys;
  readonly database: DatabaseHarness;
  /** Moves the clock of this process on. */
  pass(milliseconds: number): void;
  kidsOf(pluginId: string): Promise<unknown[]>;
}

/** A process with the plugins `todo` and `digest`. */
function startKeys(overrides: JsonObject = {}): KeyHost {
  const harness = startDatabase(database, overrides);
  const shared = new SharedKeys({
    store: new DatabasePublicKeyStore(harness.root),
    pluginIds: () => ['todo', 'digest'],
    logger: harness.logger,
    // Whoever cannot reach the database learns so at once; others may take their time on a busy machine.
    times: { publish: 20_000, list: 20_000, retry: 10 },
  });
  let passed = 0;
  const keys = new RotatingPluginKeys(shared, harness.logger, () => Date.now() + passed);
  return {
    keys,
    database: harness,
    pass: (milliseconds) => void (passed += milliseconds),
    kidsOf: async (pluginId) => (await keys.listPublicKeys(pluginId)).map(({ kid }) => kid),
    [Symbol.asyncDispose]: () => harness.root.stop(),
  };
}

describe('the public key of a plugin', () => {
  it('is known to other processes as soon as it is used', async () => {
    await using one = startKeys();
    await using two = startKeys();
    const own = await two.keys.getSigningKey('todo');
    const { kid, alg } = await one.keys.getSigningKey('todo');
    expect(await two.keys.findPublicKey('todo', { kid, alg })).toMatchObject({ kid, alg: 'ES256' });
    expect((await two.kidsOf('todo')).sort()).toEqual([kid, own.kid].sort());
    expect(await two.keys.findPublicKey('digest', { kid, alg })).toBeUndefined();
    expect(await one.keys.findPublicKey('todo', { kid, alg: 'ES384' })).toBeUndefined();
  });

  it('is replaced each hour, and known for three', async () => {
    await using host = startKeys();
    const [first, same] = await Promise.all([host.keys.getSigningKey('digest'), host.keys.getSigningKey('digest')]);
    expect(same).toBe(first);
    host.pass(HOUR + 1);
    // The new one is on its way; nobody waits for it.
    expect(await host.keys.getSigningKey('digest')).toBe(first);
    await until(async () => (await host.keys.getSigningKey('digest')) !== first);
    const second = await host.keys.getSigningKey('digest');
    expect(await host.kidsOf('digest')).toEqual(expect.arrayContaining([first.kid, second.kid]));
    host.pass(2 * HOUR);
    const third = await host.keys.getSigningKey('digest');
    expect([first.kid, second.kid]).not.toContain(third.kid);
    const name = { kid: first.kid, alg: 'ES256' };
    expect(await host.keys.findPublicKey('digest', name)).toBeDefined();
  });

  it('is forgotten when it has expired', async () => {
    await using host = startKeys();
    const store = new DatabasePublicKeyStore(host.database.root);
    const key = { pluginId: 'todo', kid: 'old', jwk: {}, expiresAt: new Date(Date.now() - 1_000) };
    await store.add(key);
    await store.add({ ...key, kid: 'new', expiresAt: new Date(Date.now() + HOUR) });
    expect((await store.list(['todo'])).map(({ kid }) => kid)).toContain('new');
    const { rows } = await admin(`SELECT id FROM "${database.name}_plugin__host".${TABLE} WHERE id = 'old'`);
    expect(rows).toEqual([]);
  });
});

/** Runs a statement as whoever may do anything. */
async function admin(sql: string): Promise<{ rows: Record<string, unknown>[] }> {
  return (await database.client()).raw(sql);
}

describe('the table', () => {
  it('is in a place of the host, and no plugin gets one for its key', async () => {
    await using host = startKeys();
    await host.keys.getSigningKey('digest');
    const { rows } = await admin(`SELECT schemaname FROM pg_tables WHERE tablename = '${TABLE}'`);
    expect(rows).toEqual([{ schemaname: `${database.name}_plugin__host` }]);
    const places = await admin(`SELECT nspname FROM pg_namespace WHERE nspname LIKE '${database.name}\\_plugin\\_%'`);
    expect(places.rows).toEqual([{ nspname: `${database.name}_plugin__host` }]);
  });

  it('cannot be written, or even read, by a plugin', async () => {
    await using host = startKeys();
    await host.keys.getSigningKey('todo');
    const todo = await host.database.root.getClient('todo');
    const place = `${database.name}_plugin__host.${TABLE}`;
    for (const sql of ['SELECT * FROM ??', 'DELETE FROM ??', "INSERT INTO ?? VALUES ('todo', 'mine', '{}', now())"]) {
      await expect(todo.raw(sql, place)).rejects.toMatchObject({ code: '42501' });
    }
  });

  it('holds no private key', async () => {
    await using host = startKeys();
    const { key } = await host.keys.getSigningKey('todo');
    const { rows } = await admin(`SELECT key FROM "${database.name}_plugin__host".${TABLE} WHERE key <> '{}'`);
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows)
      expect(Object.keys(row.key as object).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
    expect(key).toMatchObject({ type: 'private', extractable: false });
  });
});

describe('while the database is down', () => {
  function behind(proxy: TcpProxy): KeyHost {
    const { backend } = database.config as { backend: { database: { connection: JsonObject } } };
    return startKeys({
      connection: { ...backend.database.connection, port: proxy.port },
      admin: { connection: { ...database.connection, port: proxy.port } },
      connectTimeout: '1s',
    });
  }

  it('what is known stays known, and new keys are used and made known later', async () => {
    await using proxy = await TcpProxy.start(database.connection);
    await using cutOff = behind(proxy);
    await using other = startKeys();
    const { kid } = await other.keys.getSigningKey('todo');
    const name = { kid, alg: 'ES256' };
    expect(await cutOff.keys.findPublicKey('todo', name)).toBeDefined();

    await proxy.cut();
    expect(await cutOff.keys.findPublicKey('todo', name)).toBeDefined();
    expect(await cutOff.kidsOf('todo')).toContain(kid);
    await expect(cutOff.keys.findPublicKey('todo', { kid: 'unknown', alg: 'ES256' })).rejects.toMatchObject({
      code: 'ERR_AUTH_KEYS_UNAVAILABLE',
      statusCode: 503,
    });

    const made = await cutOff.keys.getSigningKey('digest');
    expect(await cutOff.keys.findPublicKey('digest', { kid: made.kid, alg: 'ES256' })).toBeDefined();
    expect(await cutOff.kidsOf('digest')).toContain(made.kid);
    expect(cutOff.database.logger.messages('warn')).toContainEqual(expect.stringMatching(/not in the database yet/));

    await proxy.restore();
    await until(async () => (await other.kidsOf('digest')).includes(made.kid));
  });
});
