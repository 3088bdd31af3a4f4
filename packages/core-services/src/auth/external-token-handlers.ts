import { createServiceRef, type ServiceRef } from '@bulkhead/backend-plugin-api';
import type { Config } from '@bulkhead/config';

/** Understands the tokens of a type of external access of one's own. */
export interface ExternalTokenHandler<TContext> {
  /** What stands in `backend.auth.externalAccess[].type`. */
  readonly type: string;
  /** Called once for each entry of the type, and for each plugin. */
  initialize(context: { readonly options: Config }): TContext;
  /** Who has this token; `undefined` if it is nobody's whom this entry knows. */
  verifyToken(token: string, context: TContext): Promise<{ readonly subject: string } | undefined>;
}

/** Gives a handler the type of its context. */
export function createExternalTokenHandler<TContext>(
  handler: ExternalTokenHandler<TContext>,
): ExternalTokenHandler<TContext> {
  return handler;
}

/**
 * Types of external access besides `static`, `legacy` and `jwks`; any number of modules may add some. Plugins accept
 * their tokens, the endpoints of the host itself do not.
 */
export const externalTokenHandlersServiceRef: ServiceRef<
  ExternalTokenHandler<unknown>,
  'plugin',
  'multiton'
> = createServiceRef<ExternalTokenHandler<unknown>>({ id: 'core.auth.externalTokenHandlers', multiton: true });
