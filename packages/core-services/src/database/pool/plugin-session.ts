import { escapeIdentifier, escapeLiteral } from '../sql-text.ts';
import { PreparedStatements } from './prepared-statements.ts';

/** What a connection has to be before a plugin may use it. */
export interface PluginSession {
  /** The plugin's id, or a name of the host's own for itself. */
  readonly owner: string;
  /** Connections to different places are never exchanged. */
  readonly place: ConnectionPlace;
  /** The statements that turn a connection into the plugin's, in one round trip. */
  readonly enterSql: string;
  /** The role under which the plugin's statements run; `undefined`: the role of the login. */
  readonly role: string | undefined;
  readonly statements: PreparedStatements;
}

/** Whom a connection logs in as, and in which database. */
export interface ConnectionPlace {
  readonly user: string;
  readonly database: string;
}

/** Options of {@link createPluginSession}. */
export interface PluginSessionOptions {
  readonly owner: string;
  readonly place: ConnectionPlace;
  readonly role: string | undefined;
  readonly searchPath: readonly string[] | undefined;
}

/** Describes the session of a plugin. */
export function createPluginSession({ owner, place, role, searchPath }: PluginSessionOptions): PluginSession {
  const statements = [
    `SET ROLE ${role === undefined ? 'NONE' : escapeIdentifier(role)}`,
    searchPath === undefined ? undefined : `SET search_path TO ${searchPath.map(escapeIdentifier).join(', ')}`,
    `SET application_name TO ${escapeLiteral(`bulkhead:${owner}`.slice(0, 63))}`,
  ];
  const enterSql = statements.filter((sql) => sql !== undefined).join('; ');
  return { owner, place, role, enterSql, statements: new PreparedStatements() };
}

/**
 * Undoes whatever a session may have set up. `DISCARD ALL` would do, but may not share a round trip with other
 * statements; these are its parts, in its order. The first result tells under which role the last owner left it.
 */
export const LEAVE_SQL = [
  'SELECT current_user AS "role"',
  'CLOSE ALL',
  'SET SESSION AUTHORIZATION DEFAULT',
  'RESET ALL',
  'DEALLOCATE ALL',
  'UNLISTEN *',
  'SELECT pg_advisory_unlock_all()',
  'DISCARD PLANS',
  'DISCARD TEMP',
  'DISCARD SEQUENCES',
].join('; ');
