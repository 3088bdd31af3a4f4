import type { UpgradeRequest } from '@bulkhead/backend-plugin-api';
import { isWithin } from '../http-server/request-target.ts';
import { invalidRouterPath } from './errors.ts';

/** Takes over the socket of a request for another protocol. */
export type UpgradeHandler = (upgrade: UpgradeRequest) => void;

/** What a plugin does with requests for another protocol. */
export class UpgradeHandlers {
  /** By path, without a trailing slash. */
  readonly #handlers = new Map<string, UpgradeHandler>();

  /** @throws BulkheadError `ERR_HTTP_ROUTER_PATH` when the path is not plain, or taken */
  add(path: string, handler: UpgradeHandler): void {
    const normalized = path.replace(/\/+$/, '');
    if (!/^(?:\/[\w.~-]+)*$/.test(normalized) || path === '' || this.#handlers.has(normalized)) {
      throw invalidRouterPath('an upgrade handler', path);
    }
    this.#handlers.set(normalized, handler);
  }

  /** The handler with the longest path that `path` is within. */
  find(path: string): UpgradeHandler | undefined {
    let best: string | undefined;
    for (const candidate of this.#handlers.keys()) {
      if (isWithin(path, candidate) && candidate.length >= (best?.length ?? 0)) {
        best = candidate;
      }
    }
    return best === undefined ? undefined : this.#handlers.get(best);
  }
}
