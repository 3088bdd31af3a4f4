import { jwksRefused } from './errors.ts';

/** Within what a set of keys must arrive. */
export interface JwksRequestLimits {
  /** Milliseconds until all of it is there. */
  readonly timeout: number;
  /** Bytes that it may have. */
  readonly maxSize: number;
}

/** A set of a hundred keys has about 30 KB. */
export const DEFAULT_JWKS_REQUEST_LIMITS: JwksRequestLimits = { timeout: 3_000, maxSize: 64 * 1024 };

/**
 * Fetches a JSON Web Key Set. Follows no redirect: keys are believed since they come from where they belong.
 *
 * @returns the keys as they are
 * @throws BulkheadError `ERR_AUTH_JWKS`, with the `status` of the answer if that is the reason
 */
export async function fetchJwks(
  url: string,
  { timeout, maxSize }: JwksRequestLimits = DEFAULT_JWKS_REQUEST_LIMITS,
): Promise<readonly unknown[]> {
  const signal = AbortSignal.timeout(timeout);
  const body = await readBody(url, maxSize, signal).catch((error: unknown) => {
    throw signal.aborted ? jwksRefused(url, `did not arrive within ${timeout} ms`) : error;
  });
  return parseKeys(url, body);
}

async function readBody(url: string, maxSize: number, signal: AbortSignal): Promise<string> {
  const response = await fetch(url, {
    redirect: 'manual',
    signal,
    headers: { Accept: 'application/json, application/jwk-set+json' },
  }).catch((error: unknown) => {
    throw jwksRefused(url, 'cannot be reached', error);
  });
  if (response.status !== 200) {
    await response.body?.cancel();
    const { status } = response;
    throw Object.assign(jwksRefused(url, `answers with status ${status}`), { status });
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > maxSize) {
      // Leaving the loop cancels the rest of the body.
      throw jwksRefused(url, `has more than ${maxSize} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function parseKeys(url: string, body: string): readonly unknown[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch (error) {
    throw jwksRefused(url, 'is not JSON', error);
  }
  const keys = typeof parsed === 'object' && parsed !== null ? (parsed as { keys?: unknown }).keys : undefined;
  if (!Array.isArray(keys)) {
    throw jwksRefused(url, 'is no JSON Web Key Set');
  }
  return keys;
}
