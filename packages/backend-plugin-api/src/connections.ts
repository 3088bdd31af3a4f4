import { undeclaredConnection } from './errors.ts';

/** The id of the service that hands out connections. */
export const CONNECTIONS_ID = 'core.connections';

/** Says that a plugin or module will look up connections of a type, an account at a source control host for example. */
export interface ConnectionRegistration {
  /** As in the configuration, and in look-ups: `github`, `aws`. */
  readonly type: string;
  /** Whether it is of no use without one. */
  readonly required?: boolean;
  /** What the connection is used for. */
  readonly description?: string;
}

/** A look-up of a connection. What else it takes depends on the type. */
export interface ConnectionLookup {
  readonly type: string;
}

/**
 * Hands out connections to other systems, with what is needed to sign in there (`core.connections`). A plugin or module gets only those whose
 * type it has declared with `registerConnection`.
 */
export interface ConnectionsService {
  /** The connection that a look-up means. Rejects where there is none. */
  find(lookup: ConnectionLookup): Promise<unknown>;
  /** The same, but `undefined` where there is none. Not every implementation has it. */
  findOptional?(lookup: ConnectionLookup): Promise<unknown>;
}

/**
 * A connections service as a plugin or module gets it: only with what it has declared.
 *
 * @param owner - how messages name the plugin or module, with a capital letter.
 */
export function narrowConnections(
  service: ConnectionsService,
  declared: readonly ConnectionRegistration[],
  owner: string,
): ConnectionsService {
  const types = declared.map(({ type }) => type);
  const narrowed =
    (look: (lookup: ConnectionLookup) => Promise<unknown>) =>
    async (lookup: ConnectionLookup): Promise<unknown> => {
      if (!types.includes(lookup.type)) throw undeclaredConnection(owner, lookup.type, types);
      return look(lookup);
    };
  return {
    find: narrowed((lookup) => service.find(lookup)),
    ...(typeof service.findOptional === 'function' && {
      findOptional: narrowed((lookup) => service.findOptional!(lookup)),
    }),
  };
}
