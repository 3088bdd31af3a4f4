import { CompactSign, SignJWT } from 'jose';
import type { SignedInUser } from '../sign-in-strategy.ts';
import type { SigningKey } from './signing-keys.ts';

/** Seconds that a token lives. */
const LIFETIME = 60 * 60;

const USER_TYPE = 'vnd.backstage.user';
const LIMITED_USER_TYPE = 'vnd.backstage.limited-user';
/** All plugins. */
const AUDIENCE = 'backstage';

/** A token of a user. */
export interface UserToken {
  readonly token: string;
  readonly expiresAt: Date;
}

/** Issues the tokens by which plugins know users. Their form is that of Backstage's. */
export class UserTokenIssuer {
  readonly #keys: { current(): Promise<SigningKey> };
  readonly #issuer: () => Promise<string>;
  readonly #now: () => number;

  /** @param issuer - tells the URL under which the plugin is known to users */
  constructor(keys: { current(): Promise<SigningKey> }, issuer: () => Promise<string>, now: () => number = Date.now) {
    this.#keys = keys;
    this.#issuer = issuer;
    this.#now = now;
  }

  /** A token for a user. */
  async issue({ userEntityRef, ownershipEntityRefs }: SignedInUser): Promise<UserToken> {
    const [{ key, alg, kid }, iss] = await Promise.all([this.#keys.current(), this.#issuer()]);
    const sub = userEntityRef;
    const iat = Math.floor(this.#now() / 1_000);
    const exp = iat + LIFETIME;
    // The signature of a smaller token, which plugins can make out of this one and pass on in its place. What is signed
    // has to be the same to the byte, so the order of the members counts.
    const limited = await new CompactSign(Buffer.from(JSON.stringify({ sub, iat, exp })))
      .setProtectedHeader({ typ: LIMITED_USER_TYPE, alg, kid })
      .sign(key);
    const uip = limited.slice(limited.lastIndexOf('.') + 1);
    const token = await new SignJWT({ iss, sub, aud: AUDIENCE, iat, exp, ent: [...ownershipEntityRefs], uip })
      .setProtectedHeader({ typ: USER_TYPE, alg, kid })
      .sign(key);
    return { token, expiresAt: new Date(exp * 1_000) };
  }
}
