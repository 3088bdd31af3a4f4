import { drop, refuse, remark, type ConfigRule, type Words } from './config-rule.ts';
import { database } from './database-rule.ts';
import { variables } from './variables-rule.ts';
import type { YamlFile } from './yaml-file.ts';

/** Backstage listens on all interfaces unless told otherwise; this host does on the loopback one. */
const listen: ConfigRule = (context) => {
  const { file } = context;
  const path = ['backend', 'listen'];
  const entry = file.find(...path);
  const value = file.valueAt(...path);
  if (!entry || value === null) return;
  if (typeof value === 'number' || (typeof value === 'string' && /^:?\d+$/.test(value))) {
    file.replaceValue(entry, `'*:${String(value).replace(':', '')}'`);
  } else if (typeof value === 'object') {
    const host = file.find(...path, 'host');
    if (!host) file.insertFirst(path, ["host: '*'"]);
    else if (file.valueAt(...path, 'host') === '') file.replaceValue(host, "'*'");
  }
};

/** The package with which the host reaches each store. */
const STORES: Readonly<Record<string, string | undefined>> = {
  memory: undefined,
  redis: '@redis/client',
  valkey: '@redis/client',
  memcache: 'memjs',
};

const cache: ConfigRule = (context) => {
  const { file, facts } = context;
  const path = ['backend', 'cache', 'store'];
  const store = file.valueAt(...path);
  if (typeof store !== 'string' || store.includes('${')) return;
  const driver = STORES[store];
  if (driver !== undefined) facts.packages.add(driver);
  if (!Object.hasOwn(STORES, store)) {
    refuse(context, path, {
      what: `is ${store}, which this host does not know`,
      hint: `Write one of ${Object.keys(STORES).join(', ')}.`,
    });
  }
};

/** What the URL reader reads the section with, and the archives and patterns of its hosts. */
const integrations: ConfigRule = ({ file, facts }) => {
  if (!file.find('integrations')) return;
  for (const name of ['@backstage/integration', 'minimatch', 'tar', 'yauzl']) facts.packages.add(name);
};

/** What the ids of actions are matched with. */
const actions: ConfigRule = ({ file, facts }) => {
  if (file.find('backend.actions.filter')) facts.packages.add('minimatch');
};

/** What is there, and has a meaning that nothing here has; with `is`, only that value. */
const REFUSED: Readonly<Record<string, Words & { readonly is?: unknown }>> = {
  'backend.trustProxy': {
    is: true,
    what: 'is true, which believes anybody',
    hint: "Name the proxies in front: how many there are (1), 'loopback', or addresses (['10.0.0.0/8']).",
  },
  'backend.https': {
    is: true,
    what: 'is true, and certificates are not made here',
    hint: 'Read yours in: certificate: { cert: { $file: cert.pem }, key: { $file: key.pem } }.',
  },
  'backend.rateLimit': {
    what: 'is not applied here',
    hint: 'Limit requests in the proxy in front of the host, and remove the key.',
  },
  'backend.cache.redis.cluster': {
    what: 'is not applied here',
    hint: 'Name one server, or a proxy in front of the cluster, in backend.cache.connection.',
  },
  'backend.cache.valkey.cluster': {
    what: 'is not applied here',
    hint: 'Name one server, or a proxy in front of the cluster, in backend.cache.connection.',
  },
  'backend.database.plugin': {
    what: 'is not applied here: all plugins share one server',
    hint: 'Remove it; each plugin has a database or a schema of its own on that server.',
  },
  'backend.database.role': {
    what: 'is not applied here',
    hint: 'Connect as that user, or leave roles at per-plugin, which gives each plugin a role of its own.',
  },
};

const refused: ConfigRule = (context) => {
  for (const [key, { is, ...words }] of Object.entries(REFUSED)) {
    const path = key.split('.');
    const value = context.file.valueAt(...path);
    const isMeant = is === undefined ? !context.isKnown(path) : value === is;
    if (value !== undefined && isMeant) refuse(context, path, words);
  }
};

/** What nothing reads here, and nobody misses. */
const DROPPED: Readonly<Record<string, string>> = {
  'backend.cors.preflightContinue': 'Preflight requests are always answered by the host.',
  'backend.cors.optionsSuccessStatus': 'Preflight requests are answered 204.',
  'backend.database.ensureExists': 'Databases that are missing are always made, if the user may.',
  'backend.database.ensureSchemaExists': 'Schemas that are missing are always made, if the user may.',
  'backend.database.knexConfig':
    'One pool serves all plugins: backend.database.pool has max, acquireTimeout, idleTimeout.',
};

const dropped: ConfigRule = (context) => {
  for (const [key, reason] of Object.entries(DROPPED)) {
    const path = key.split('.');
    if (!context.file.find(...path) || context.isKnown(path)) continue;
    remark(context, path, { what: `'${key}' is left out`, hint: reason });
    drop(context, emptied(context.file, path), reason);
  }
};

/** The outermost entry that would have nothing left in it. */
function emptied(file: YamlFile, path: readonly string[]): readonly string[] {
  const around = path.slice(0, -1);
  return around.length > 1 && file.entriesOf(...around).length === 1 ? emptied(file, around) : path;
}

/** All rules, in the order in which they are applied. */
export const CONFIG_RULES: readonly ConfigRule[] = [
  listen,
  database,
  cache,
  integrations,
  actions,
  refused,
  dropped,
  variables,
];
