import type { HttpAuthPolicy } from '@bulkhead/backend-plugin-api';
import { pathToRegexp } from 'path-to-regexp';
import { invalidPolicy, invalidRouterPath } from './errors.ts';

/** What a request must bring: credentials, at least the limited ones of a cookie, or nothing. */
export type CredentialsDemand = 'full' | 'limited' | 'nothing';

/** The paths of a plugin that are open to more than the default policy lets in. */
export class AuthPolicies {
  readonly #open: RegExp[] = [];
  readonly #openToCookies: RegExp[] = [];

  /** @throws BulkheadError `ERR_HTTP_ROUTER_PATH`, `ERR_HTTP_ROUTER_POLICY` */
  add({ path, allow }: HttpAuthPolicy): void {
    switch (allow) {
      case 'unauthenticated':
        this.#open.push(compile(path));
        break;
      case 'user-cookie':
        this.#openToCookies.push(compile(path));
        break;
      default:
        throw invalidPolicy(path, allow);
    }
  }

  /**
   * What a request for `path` must bring. The path is compared as it was sent, nothing decoded: an encoded slash does
   * not end a segment, here as little as in Express.
   */
  demandAt(path: string): CredentialsDemand {
    if (matchesAny(this.#open, path)) {
      return 'nothing';
    }
    return matchesAny(this.#openToCookies, path) ? 'limited' : 'full';
  }
}

function compile(path: string): RegExp {
  const normalized = path === '*' ? '' : path.replace(/\/+$/, '');
  if (normalized === '' && path !== '') {
    return /^/;
  }
  if (!normalized.startsWith('/')) {
    throw invalidRouterPath('an auth policy', path);
  }
  try {
    return pathToRegexp(normalized, { end: false }).regexp;
  } catch (error) {
    throw invalidRouterPath('an auth policy', path, error);
  }
}

function matchesAny(patterns: readonly RegExp[], path: string): boolean {
  for (const pattern of patterns) {
    if (pattern.test(path)) {
      return true;
    }
  }
  return false;
}
