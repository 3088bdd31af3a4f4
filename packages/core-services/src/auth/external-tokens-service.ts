import { hash } from 'node:crypto';
import {
  coreServices,
  createServiceFactory,
  createServiceRef,
  type ServiceAccessRestrictions,
  type ServiceRef,
} from '@bulkhead/backend-plugin-api';
import { accessRestricted } from './errors.ts';
import { readExternalAccess, type ExternalAccess } from './external-access.ts';
import type { TokenHandler } from './token-handler.ts';

/** The caller behind a token from the configuration. */
export interface ExternalCaller {
  readonly subject: string;
  /** By plugin id. Absent: all plugins, without limits. */
  readonly restrictions?: ReadonlyMap<string, ServiceAccessRestrictions>;
}

/** The callers from outside that the configuration knows. */
export interface ExternalTokensService {
  /** Who has this token. */
  find(token: string): ExternalCaller | undefined;
}

/** Finds callers by a digest of their token, so that the time it takes tells nothing about the tokens that exist. */
export class StaticExternalTokens implements ExternalTokensService {
  readonly #callers: ReadonlyMap<string, ExternalCaller>;

  constructor(entries: readonly ExternalAccess[]) {
    this.#callers = new Map(
      entries.map(({ token, subject, restrictions }) => [digest(token), { subject, restrictions }]),
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
export function createExternalTokenHandler(tokens: ExternalTokensService, pluginId: string): TokenHandler {
  return {
    verify(token) {
      const caller = tokens.find(token);
      if (!caller) {
        return undefined;
      }
      const { subject, restrictions } = caller;
      if (!restrictions) {
        return { principal: { type: 'service', subject } };
      }
      const accessRestrictions = restrictions.get(pluginId);
      if (!accessRestrictions) {
        throw accessRestricted(subject, pluginId);
      }
      return { principal: { type: 'service', subject, accessRestrictions } };
    },
  };
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
  deps: { config: coreServices.rootConfig },
  factory: ({ config }) => new StaticExternalTokens(readExternalAccess(config)),
});
