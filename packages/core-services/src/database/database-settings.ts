import { ConfigReader, invalidConfigValue, readOptionalDuration, type Config } from '@bulkhead/config';
import type { ClientConfig } from 'pg';
import { parseIntoClientConfig } from 'pg-connection-string';
import type { SharedPoolLimits } from './pool/shared-pool.ts';

/** How to reach a server, and as whom. */
export interface ConnectionSettings {
  readonly user: string;
  readonly database: string;
  /** `host:port`, for messages. */
  readonly address: string;
  /** For the driver; holds the password. */
  readonly client: ClientConfig;
}

/** What stands under `backend.database`. */
export interface DatabaseSettings {
  /** `undefined`: the embedded server. */
  readonly connection: ConnectionSettings | undefined;
  /** Who makes roles, schemas and databases, if not the user of `connection`. */
  readonly admin: ConnectionSettings | undefined;
  readonly division: 'schema' | 'database';
  /** Begins the names of whatever is made for plugins. `undefined`: made from the name of the database. */
  readonly prefix: string | undefined;
  /** Whether each plugin has a role of its own. */
  readonly roles: boolean;
  /** Milliseconds to wait at the start for a server that is not there. */
  readonly connectTimeout: number;
  readonly skipMigrations: boolean;
  /** Milliseconds to wait for another process that migrates the same schema. */
  readonly migrationLockTimeout: number;
  readonly pool: SharedPoolLimits;
  readonly embedded: {
    /** `undefined`: the default folder. */
    readonly dataDir: string | undefined;
    readonly allowInProduction: boolean;
  };
}

const SECOND = 1_000;

/** A URL, or the folder of a Unix socket. */
const CONNECTION_SCHEME = /^(?:postgres(?:ql)?:\/\/|socket:|\/)/;

const CONNECTION_STRING = {
  expected: 'a connection string, or an object with host, port, user, password and database',
  hint: 'Write postgresql://user:password@host:5432/database.',
};

/**
 * Reads `backend.database`.
 *
 * @throws BulkheadError `ERR_CONFIG_VALUE`, and those of {@link Config}
 */
export function readDatabaseSettings(root: Config): DatabaseSettings {
  const config = root.getOptionalConfig('backend.database') ?? new ConfigReader({});
  const client = config.getOptionalString('client');
  if (client !== undefined && !['pg', 'postgres', 'postgresql'].includes(client)) {
    throw invalidConfigValue(config, 'client', { expected: '"pg"', hint: 'PostgreSQL is the only database.' });
  }
  return {
    connection: readConnection(config, 'connection'),
    admin: readConnection(config, 'admin.connection'),
    division: readChoice(config, 'pluginDivisionMode', ['schema', 'database']),
    prefix: readPrefix(config),
    roles: readChoice(config, 'roles', ['per-plugin', 'off']) === 'per-plugin',
    connectTimeout: readOptionalDuration(config, 'connectTimeout') ?? 30 * SECOND,
    skipMigrations: config.getOptionalBoolean('skipMigrations') ?? false,
    migrationLockTimeout: readOptionalDuration(config, 'migrations.lockTimeout') ?? 600 * SECOND,
    pool: {
      max: readPoolMax(config),
      acquireTimeout: readOptionalDuration(config, 'pool.acquireTimeout') ?? 10 * SECOND,
      idleTimeout: readOptionalDuration(config, 'pool.idleTimeout') ?? 30 * SECOND,
    },
    embedded: {
      dataDir: config.getOptionalString('embedded.dataDir'),
      allowInProduction: config.getOptionalBoolean('embedded.allowInProduction') ?? false,
    },
  };
}

/** Settings for a server that is known already. */
export function connectionSettings(client: ClientConfig): ConnectionSettings {
  const host = client.host ?? process.env.PGHOST ?? 'localhost';
  const port = client.port ?? Number(process.env.PGPORT ?? 5432);
  const user = client.user ?? process.env.PGUSER ?? process.env.USER ?? 'postgres';
  const database = client.database ?? process.env.PGDATABASE ?? user;
  return {
    user,
    database,
    address: `${host}:${port}`,
    client: {
      connectionTimeoutMillis: 5 * SECOND,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10 * SECOND,
      ...client,
      host,
      port,
      user,
      database,
    },
  };
}

function readConnection(config: Config, key: string): ConnectionSettings | undefined {
  const value = config.getOptional(key);
  if (value === undefined) {
    return undefined;
  }
  if (typeof value === 'string') {
    return connectionSettings(parseConnectionString(config, key, value));
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalidConfigValue(config, key, CONNECTION_STRING);
  }
  const { connectionString, ...rest } = value as ClientConfig;
  const port = config.getOptionalNumber(`${key}.port`);
  const base =
    connectionString === undefined ? {} : parseConnectionString(config, `${key}.connectionString`, connectionString);
  return connectionSettings({ ...base, ...rest, ...(port === undefined ? {} : { port }) });
}

/** The parser takes any text for the address of some host, which would then be waited for in vain. */
function parseConnectionString(config: Config, key: string, text: string): ClientConfig {
  if (!CONNECTION_SCHEME.test(text)) {
    throw invalidConfigValue(config, key, CONNECTION_STRING);
  }
  try {
    return parseIntoClientConfig(text);
  } catch {
    throw invalidConfigValue(config, key, CONNECTION_STRING);
  }
}

function readPrefix(config: Config): string | undefined {
  const prefix = config.getOptionalString('prefix');
  if (prefix !== undefined && !/^[A-Za-z][\w-]{0,39}$/.test(prefix)) {
    const expected = 'a letter, followed by at most 39 letters, digits, "_" and "-"';
    throw invalidConfigValue(config, 'prefix', { expected });
  }
  if (prefix?.startsWith('pg_')) {
    throw invalidConfigValue(config, 'prefix', {
      expected: 'another one than "pg_", which PostgreSQL keeps for itself',
    });
  }
  return prefix;
}

function readPoolMax(config: Config): number {
  const max = config.getOptionalNumber('pool.max') ?? 20;
  if (!Number.isInteger(max) || max < 2) {
    throw invalidConfigValue(config, 'pool.max', { expected: 'a whole number of at least 2' });
  }
  return max;
}

function readChoice<T extends string>(config: Config, key: string, choices: readonly [T, ...T[]]): T {
  const value = config.getOptional(key);
  // YAML 1.1 reads a bare "off" as false.
  const text = value === false ? 'off' : value;
  const choice = text === undefined ? choices[0] : choices.find((candidate) => candidate === text);
  if (choice === undefined) {
    throw invalidConfigValue(config, key, { expected: `one of ${choices.join(', ')}` });
  }
  return choice;
}
