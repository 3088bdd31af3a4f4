import { hash } from 'node:crypto';
import {
  coreServices,
  createServiceFactory,
  createServiceRef,
  type ServiceAccessRestrictions,
  type ServiceRef,
} from '@bulkhead/backend-plugin-api';
import type { MaybePromise } from '@bulkhead/types';
import type { CustomEntry } from './custom-external-tokens.ts';
import { accessRestricted } from './errors.ts';
import { hasOldKeys, readExternalAccess, type ExternalAccess } from './external-access.ts';
import { SignedExternalTokens } from './signed-external-tokens.ts';
import type { TokenHandler, VerifiedToken } from './token-handler.ts';

/** The caller behind an external token. */
export interface ExternalCaller {
  readonly subject: string;
  /** By plugin id. Absent: all plugins, without limits. */
  readonly restrictions?: ReadonlyMap<string, ServiceAccessRestrictions>;
  /** When the token expires; `undefined` if it does not. */
  readonly expiresAt?: Date;
}

/** The callers from outside that the configuration knows. */
export interface ExternalTokensService {
  /**
   * Who has this token; `undefined` if it is nobody's.
   *
   * @throws AuthenticationError `ERR_AUTH_TOKEN_EXPIRED`; ServiceUnavailableError `ERR_AUTH_KEYS_UNAVAILABLE`
   */
  find(token: string): MaybePromise<ExternalCaller | undefined>;
  /** The entries of types that modules add. Plugins look for their callers themselves. */
  readonly custom?: readonly CustomEntry[];
}

/** Finds callers by a digest of their token, so that the time it takes tells nothing about the tokens that exist. */
export class StaticExternalTokens implements ExternalTokensService {
  readonly #callers: ReadonlyMap<string, ExternalCaller>;

  /** @param entries - those of another type are passed over */
  constructor(entries: readonly ExternalAccess[]) {
    this.#callers = new Map(
      entries
        .filter((entry) => entry.type === 'static')
        .map(({ token, subject, restrictions }) => [digest(token), { subject, restrictions }]),
    );
  }

  find(token: string): ExternalCaller | undefined {
    return this.#callers.size === 0 ? undefined : this.#callers.get(digest(token));
  }
}

function digest(token: string): string {
  return hash('sha256', token, 'base64');
}

/** Understands the tokens of external callers on behalf of one plugin. */
export function createConfiguredTokenHandler(
  tokens: Pick<ExternalTokensService, 'find'>,
  pluginId: string,
): TokenHandler {
  return {
    verify(token) {
      const caller = tokens.find(token);
      return caller instanceof Promise ? caller.then((found) => admit(found, pluginId)) : admit(caller, pluginId);
    },
  };
}

function admit(caller: ExternalCaller | undefined, pluginId: string): VerifiedToken | undefined {
  if (!caller) {
    return undefined;
  }
  const { subject, restrictions, expiresAt } = caller;
  const rest = expiresAt && { expiresAt };
  if (!restrictions) {
    return { principal: { type: 'service', subject }, ...rest };
  }
  const accessRestrictions = restrictions.get(pluginId);
  if (!accessRestrictions) {
    throw accessRestricted(subject, pluginId);
  }
  return { principal: { type: 'service', subject, accessRestrictions }, ...rest };
}

/** The callers in `backend.auth.externalAccess`, shared by all plugins and by the host's own endpoints. */
export const externalTokensServiceRef: ServiceRef<ExternalTokensService, 'root', 'singleton'> =
  createServiceRef<ExternalTokensService>({
    id: 'core.externalTokens',
    scope: 'root',
    defaultFactory: async () => externalTokensServiceFactory,
  });

/** Reads the callers from the configuration. */
export const externalTokensServiceFactory = createServiceFactory({
  service: externalTokensServiceRef,
  deps: { config: coreServices.rootConfig, logger: coreServices.rootLogger },
  factory({ config, logger }): ExternalTokensService {
    const entries = readExternalAccess(config);
    if (hasOldKeys(config)) {
      logger.warn(
        'backend.auth.keys is out of date: write { type: legacy, options: { secret, subject } } in backend.auth.externalAccess instead.',
      );
    }
    const fixed = new StaticExternalTokens(entries);
    const signed = new SignedExternalTokens(entries, logger);
    const custom = entries.filter((entry) => entry.type === 'custom');
    return { find: (token) => fixed.find(token) ?? signed.find(token), custom };
  },
});
