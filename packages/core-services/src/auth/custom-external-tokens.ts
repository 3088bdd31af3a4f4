import type { Config } from '@bulkhead/config';
import { nearestName } from '@bulkhead/errors';
import { duplicateExternalTokenHandler, externalAccessProblem, invalidExternalAccess } from './errors.ts';
import type { ExternalAccess } from './external-access.ts';
import { EXTERNAL_ACCESS_TYPES, type CustomAccess } from './external-access-types.ts';
import type { ExternalTokenHandler } from './external-token-handlers.ts';
import type { ExternalCaller } from './external-tokens-service.ts';

/** An entry of a type of one's own, with where it stands. */
export type CustomEntry = ExternalAccess & CustomAccess;

/** Finds callers by handlers that were added. */
export interface CustomExternalTokens {
  find(token: string): Promise<ExternalCaller | undefined>;
}

/**
 * Prepares the handlers for the entries of their types.
 *
 * @throws ProblemsError `ERR_AUTH_CONFIG` when an entry has no handler; BulkheadError `ERR_AUTH_DUPLICATE_HANDLER`;
 * what a handler throws on being initialised
 */
export function createCustomExternalTokens(
  entries: readonly CustomEntry[],
  handlers: readonly ExternalTokenHandler<unknown>[],
  config: Config,
): CustomExternalTokens {
  const byType = indexByType(handlers);
  refuseUnknown(entries, [...EXTERNAL_ACCESS_TYPES.keys(), ...byType.keys()] as string[], byType);
  const sections = entries.length > 0 ? config.getConfigArray('backend.auth.externalAccess') : [];
  const prepared = entries.map(({ name, index, restrictions }) => {
    const handler = byType.get(name)!;
    return { handler, restrictions, context: handler.initialize({ options: sections[index]!.getConfig('options') }) };
  });
  return {
    async find(token) {
      for (const { handler, context, restrictions } of prepared) {
        const caller = await handler.verifyToken(token, context);
        if (caller) return { subject: caller.subject, restrictions };
      }
      return undefined;
    },
  };
}

function indexByType(
  handlers: readonly ExternalTokenHandler<unknown>[],
): ReadonlyMap<string, ExternalTokenHandler<unknown>> {
  const byType = new Map<string, ExternalTokenHandler<unknown>>();
  for (const handler of handlers) {
    const { type } = handler;
    if (byType.has(type) || EXTERNAL_ACCESS_TYPES.has(type)) throw duplicateExternalTokenHandler(type);
    byType.set(type, handler);
  }
  return byType;
}

function refuseUnknown(
  entries: readonly CustomEntry[],
  types: readonly string[],
  byType: ReadonlyMap<string, unknown>,
): void {
  const problems = entries
    .filter(({ name }) => !byType.has(name))
    .map(({ name, index }) => {
      const nearest = nearestName(name, types);
      return externalAccessProblem(
        `backend.auth.externalAccess[${index}].type`,
        `must be one of ${types.map((type) => `'${type}'`).join(', ')}`,
        nearest ? `Did you mean '${nearest}'?` : 'Or add a module with a handler for the type.',
      );
    });
  if (problems.length > 0) throw invalidExternalAccess(problems);
}
