import { LOCK_SPACE, lockNumber } from '../plugin-names.ts';
import { escapeIdentifier, escapeLiteral } from '../sql-text.ts';

/** What is there of a plugin's role and place. */
export interface ProvisionedRow {
  readonly name: string;
  readonly has_role: boolean;
  /** Whether the login may switch to the role. */
  readonly member: boolean;
  /** Whose the schema or database is; `null`: there is none. */
  readonly owner: string | null;
}

/** Looks at all plugins at once. `$1`: the names. */
export function lookUpSql(division: 'schema' | 'database', serverVersion: number): string {
  const [table, name, owner] =
    division === 'schema' ? ['pg_namespace', 'nspname', 'nspowner'] : ['pg_database', 'datname', 'datdba'];
  return `
    SELECT wanted.name,
           role.oid IS NOT NULL AS has_role,
           role.oid IS NOT NULL AND pg_has_role(current_user, role.oid, '${rightToSwitch(serverVersion)}') AS member,
           pg_get_userbyid(place.${owner}) AS owner
      FROM unnest($1::text[]) AS wanted(name)
      LEFT JOIN pg_roles AS role ON role.rolname = wanted.name
      LEFT JOIN pg_catalog.${table} AS place ON place.${name} = wanted.name`;
}

/** Options of {@link provisionSql}. */
export interface ProvisionSqlOptions {
  readonly names: readonly string[];
  /** Who has to be able to switch to the roles. */
  readonly login: string;
  readonly roles: boolean;
  readonly schemas: boolean;
  /** `server_version_num`. */
  readonly serverVersion: number;
}

/**
 * One statement that makes what is missing of roles and schemas, under a lock: replicas that start at once wait for each
 * other and find it done.
 */
export function provisionSql({ names, login, roles, schemas, serverVersion }: ProvisionSqlOptions): string {
  const body = `
DECLARE
  wanted name;
  public_owner oid;
BEGIN
  PERFORM pg_advisory_xact_lock(${LOCK_SPACE}, ${lockNumber('provision')});
  ${serverVersion < 150_000 ? CLOSE_PUBLIC_SCHEMA : ''}
  FOREACH wanted IN ARRAY ARRAY[${names.map(escapeLiteral).join(', ')}]::name[] LOOP
    ${roles ? makeRole(login, serverVersion) : ''}
    ${schemas ? makeSchema(roles ? undefined : login) : ''}
  END LOOP;
END`;
  return `DO ${escapeLiteral(body)}`;
}

/** Statements that make a plugin's database; not in a transaction. The first fails with 42P04 if there is one. */
export function createDatabaseSql(name: string, owner: string, login: string): readonly string[] {
  const database = escapeIdentifier(name);
  return [
    `CREATE DATABASE ${database} OWNER ${escapeIdentifier(owner)}`,
    // The rights of a role that one may switch to are not one's own.
    `SET ROLE ${escapeIdentifier(owner)}`,
    `GRANT CONNECT ON DATABASE ${database} TO ${escapeIdentifier(login)}`,
    `REVOKE ALL ON DATABASE ${database} FROM PUBLIC`,
    'SET ROLE NONE',
  ];
}

/** Since 16 the right to switch to a role can be had without the rights of the role. */
function rightToSwitch(serverVersion: number): 'SET' | 'MEMBER' {
  return serverVersion >= 160_000 ? 'SET' : 'MEMBER';
}

function makeRole(login: string, serverVersion: number): string {
  const right = rightToSwitch(serverVersion);
  const option = right === 'SET' ? ' WITH INHERIT FALSE, SET TRUE' : '';
  // The lock does not reach other databases of the server, so another host may be faster with a role.
  return `
    BEGIN
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
        EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
      END IF;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END;
    IF NOT pg_has_role(${escapeLiteral(login)}::name, wanted, '${right}') THEN
      EXECUTE format('GRANT %I TO %I${option}', wanted, ${escapeLiteral(login)});
    END IF;
    IF NOT pg_has_role(current_user, wanted, '${right}') THEN
      EXECUTE format('GRANT %I TO %I${option}', wanted, current_user);
    END IF;`;
}

function makeSchema(owner: string | undefined): string {
  return `
    IF NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = wanted) THEN
      EXECUTE format('CREATE SCHEMA %I AUTHORIZATION %I', wanted, ${owner === undefined ? 'wanted' : escapeLiteral(owner)});
    END IF;`;
}

/** Before 15 everybody could make tables in it. Done where we may; a schema of somebody else's is that one's concern. */
const CLOSE_PUBLIC_SCHEMA = `
  SELECT nspowner INTO public_owner FROM pg_namespace WHERE nspname = 'public';
  IF public_owner IS NOT NULL AND pg_has_role(current_user, public_owner, 'USAGE')
     AND has_schema_privilege('public', 'public', 'CREATE') THEN
    REVOKE CREATE ON SCHEMA public FROM PUBLIC;
  END IF;`;
