import type { JsonObject, JsonValue } from '@bulkhead/types';
import { isPublicKeyAlgorithm } from '../plugin-keys/verification-key.ts';
import { readNames, readWord, type ExternalAccessProblems } from './external-access-problems.ts';

/** A token that never changes. */
export interface StaticAccess {
  readonly type: 'static';
  readonly token: string;
  readonly subject: string;
}

/** Tokens that are signed with a secret that the caller and the host share. */
export interface LegacyAccess {
  readonly type: 'legacy';
  readonly secret: Uint8Array;
  readonly subject: string;
}

/** Tokens of an issuer that publishes its keys. */
export interface JwksAccess {
  readonly type: 'jwks';
  readonly url: string;
  /** `undefined`: any. So for those that follow. */
  readonly issuers: readonly string[] | undefined;
  readonly audiences: readonly string[] | undefined;
  readonly algorithms: readonly string[] | undefined;
  /** Stands between `external:` and the subject of the token. */
  readonly subjectPrefix: string | undefined;
}

/** Tokens of a type that a module adds. */
export interface CustomAccess {
  readonly type: 'custom';
  /** What the entry calls it. */
  readonly name: string;
  /** Of the entry in `backend.auth.externalAccess`. */
  readonly index: number;
}

/** What the types of external access that the host brings need to know. */
export type ExternalAccessOptions = StaticAccess | LegacyAccess | JwksAccess;

type ReadOptions = (
  options: JsonObject,
  key: string,
  problems: ExternalAccessProblems,
) => ExternalAccessOptions | undefined;

/** Reads the options of an entry, by its type. */
export const EXTERNAL_ACCESS_TYPES: ReadonlyMap<unknown, ReadOptions> = new Map<unknown, ReadOptions>([
  ['static', readStatic],
  ['legacy', readLegacy],
  ['jwks', readJwks],
]);

const MINIMUM_TOKEN_LENGTH = 8;
const MINIMUM_SECRET_BYTES = 16;
const BASE64 = /^[\w+/-]+={0,2}$/;

function readStatic(
  { token, subject }: JsonObject,
  key: string,
  problems: ExternalAccessProblems,
): StaticAccess | undefined {
  const validToken = readToken(token, `${key}.token`, problems);
  const validSubject = readWord(subject, `${key}.subject`, problems);
  return validToken !== undefined && validSubject !== undefined
    ? { type: 'static', token: validToken, subject: validSubject }
    : undefined;
}

function readToken(value: JsonValue | undefined, key: string, problems: ExternalAccessProblems): string | undefined {
  const token = readWord(value, key, problems);
  return token === undefined || token.length >= MINIMUM_TOKEN_LENGTH
    ? token
    : problems.add(
        key,
        `must have at least ${MINIMUM_TOKEN_LENGTH} characters`,
        "Make one with: node -p \"require('crypto').randomBytes(24).toString('base64')\"",
      );
}

function readLegacy(
  { secret, subject }: JsonObject,
  key: string,
  problems: ExternalAccessProblems,
): LegacyAccess | undefined {
  const validSecret = readSecret(secret, `${key}.secret`, problems);
  const validSubject = readWord(subject, `${key}.subject`, problems);
  return validSecret && validSubject !== undefined
    ? { type: 'legacy', secret: validSecret, subject: validSubject }
    : undefined;
}

/** A secret in base64 that is long enough not to be guessed. */
export function readSecret(
  value: JsonValue | undefined,
  key: string,
  problems: ExternalAccessProblems,
): Uint8Array | undefined {
  const secret = typeof value === 'string' && BASE64.test(value) ? Buffer.from(value, 'base64') : undefined;
  return secret && secret.length >= MINIMUM_SECRET_BYTES
    ? secret
    : problems.add(
        key,
        `must be at least ${MINIMUM_SECRET_BYTES} bytes in base64`,
        "Make one with: node -p \"require('crypto').randomBytes(24).toString('base64')\"",
      );
}

function readJwks(options: JsonObject, key: string, problems: ExternalAccessProblems): JwksAccess | undefined {
  const url = readUrl(options.url, `${key}.url`, problems);
  const issuers = readNames(options.issuer, `${key}.issuer`, problems);
  const audiences = readNames(options.audience, `${key}.audience`, problems);
  const algorithms = readNames(options.algorithm, `${key}.algorithm`, problems);
  const unusable = algorithms?.find((algorithm) => !isPublicKeyAlgorithm(algorithm));
  if (unusable !== undefined) {
    return problems.add(`${key}.algorithm`, `must be of those with a public key, such as RS256 or ES256`);
  }
  const { subjectPrefix } = options;
  const prefix = subjectPrefix === undefined ? undefined : readWord(subjectPrefix, `${key}.subjectPrefix`, problems);
  return url === undefined ? undefined : { type: 'jwks', url, issuers, audiences, algorithms, subjectPrefix: prefix };
}

function readUrl(value: JsonValue | undefined, key: string, problems: ExternalAccessProblems): string | undefined {
  return typeof value === 'string' && /^https?:/i.test(value) && URL.canParse(value)
    ? value
    : problems.add(key, 'must be an http or https URL');
}
