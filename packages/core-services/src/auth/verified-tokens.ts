import { hash } from 'node:crypto';
import type { LRUCache } from 'lru-cache';
import { deepFreeze } from './deep-freeze.ts';
import type { VerifiedToken } from './token-handler.ts';

/**
 * What has been verified, until it expires. Kept by digest, so that no token can be read out of it, and for each plugin
 * apart: what is valid for one need not be for another.
 */
export class VerifiedTokens {
  readonly #verified: LRUCache<string, VerifiedToken>;
  readonly #verifying = new Map<string, Promise<VerifiedToken>>();

  /** @param verified - bounds how many tokens are kept */
  constructor(verified: LRUCache<string, VerifiedToken>) {
    this.#verified = verified;
  }

  /** Under what a token is kept. */
  keyOf(pluginId: string, token: string): string {
    return `${pluginId} ${hash('sha256', token, 'base64')}`;
  }

  /** What is known of a token. */
  recall(key: string): VerifiedToken | undefined {
    const known = this.#verified.get(key);
    return known && Date.now() < known.expiresAt!.getTime() ? known : undefined;
  }

  /** Verifies a token, once however many ask at the same time, and keeps the result if it says for how long. */
  verify(key: string, verify: () => Promise<VerifiedToken>): Promise<VerifiedToken> {
    let verifying = this.#verifying.get(key);
    if (!verifying) {
      verifying = this.#verifyAndKeep(key, verify).finally(() => this.#verifying.delete(key));
      this.#verifying.set(key, verifying);
    }
    return verifying;
  }

  async #verifyAndKeep(key: string, verify: () => Promise<VerifiedToken>): Promise<VerifiedToken> {
    const verified = await verify();
    if (verified.expiresAt) {
      // All who send this token share it from now on.
      deepFreeze(verified.principal);
      this.#verified.set(key, verified);
    }
    return verified;
  }
}
