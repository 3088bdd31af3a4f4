import { drop, refuse, remark, type ConfigRule, type RuleContext } from './config-rule.ts';

const DATABASE = ['backend', 'database'];
const CONNECTION = [...DATABASE, 'connection'];

/** PostgreSQL stays as it is, with its data; what is in other databases does not come along. */
export const database: ConfigRule = (context) => {
  const { file, facts } = context;
  if (!file.find(...DATABASE)) return;
  const named = file.valueAt(...DATABASE, 'client');
  const client = typeof named === 'string' ? named : '';
  if (client.includes('sqlite')) {
    facts.hasSqlite = true;
    leaveSqlite(context);
  } else if (client.includes('mysql')) {
    refuse(context, [...DATABASE, 'client'], {
      what: `is ${client}, and PostgreSQL is the only database here`,
      hint: 'Move the data to a PostgreSQL, and name it: client: pg.',
    });
  } else {
    facts.hasPostgres ||= client !== '' || file.find(...CONNECTION) !== undefined;
    refuseClouds(context);
    if (client === 'pg') keepData(context);
  }
};

function leaveSqlite(context: RuleContext): void {
  const connection = context.file.valueAt(...CONNECTION);
  // What is in memory is gone with each stop anyway.
  if (connection !== undefined && connection !== ':memory:') {
    remark(context, CONNECTION, {
      what: 'What is stored in SQLite does not come along',
      hint: 'Plugins begin with empty tables.',
    });
  }
  drop(context, DATABASE, 'Without a connection the host starts the PostgreSQL that comes with it.');
}

function refuseClouds(context: RuleContext): void {
  const type = context.file.valueAt(...CONNECTION, 'type');
  if (typeof type !== 'string' || type === 'default') return;
  refuse(context, [...CONNECTION, 'type'], {
    what: `is ${type}, which this host cannot connect with`,
    hint: 'Name host, port, user and password, or a connection string.',
  });
}

const KEEPS_DATA_COMMENT = 'Uses the databases that Backstage has made for its plugins, as the same user.';
const KEEPS_DATA = ['pluginDivisionMode: database', 'prefix: backstage_plugin_', "roles: 'off'"];

/** Backstage gives each plugin a database, made by the user of the connection, unless it is told to use schemas. */
function keepData(context: RuleContext): void {
  const { file } = context;
  if (file.valueAt(...DATABASE, 'pluginDivisionMode') === 'schema') {
    remark(context, [...DATABASE, 'pluginDivisionMode'], {
      what: 'Schemas of plugins are called <database>_plugin_<id> here, and <id> in Backstage',
      hint: 'To keep the data: ALTER SCHEMA "catalog" RENAME TO "<database>_plugin_catalog", for each plugin, and roles: \'off\'.',
    });
    return;
  }
  const entries = KEEPS_DATA.filter((entry) => !file.find(...DATABASE, entry.split(':')[0]!));
  if (entries.length > 0) file.insertFirst(DATABASE, entries, KEEPS_DATA_COMMENT);
  // Backstage makes the databases of plugins from the one that every server has.
  const isNamed = ['database', 'connectionString'].some((key) => file.find(...CONNECTION, key));
  if (!isNamed) file.insertFirst(CONNECTION, ['database: postgres']);
}
