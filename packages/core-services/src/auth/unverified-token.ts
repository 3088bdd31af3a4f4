import type { JsonObject } from '@bulkhead/types';

/** What a JSON Web Token says of itself. Nothing of it is true before its signature has been checked. */
export interface UnverifiedToken {
  readonly text: string;
  readonly typ: unknown;
  readonly alg: unknown;
  readonly kid: unknown;
  readonly claims: JsonObject;
}

/** Longest token that is looked at. More does not fit into the head of a request. */
export const MAX_TOKEN_LENGTH = 16 * 1024;

/** Reads a JSON Web Token; `undefined` if it is none. */
export function readUnverifiedToken(text: string): UnverifiedToken | undefined {
  const [header, payload, signature, ...rest] = text.length > MAX_TOKEN_LENGTH ? [] : text.split('.', 4);
  if (signature === undefined || rest.length > 0) {
    return undefined;
  }
  const { typ, alg, kid } = readPart(header) ?? {};
  const claims = readPart(payload);
  return claims && alg !== undefined ? { text, typ, alg, kid, claims } : undefined;
}

function readPart(part: string | undefined): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part ?? '', 'base64url').toString());
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
