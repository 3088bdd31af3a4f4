import { fromErrorBody } from '@bulkhead/errors';
import { userInfoUnavailable } from './errors.ts';

/** Milliseconds until an answer must be there. */
const TIMEOUT = 5_000;
const USER_INFO_PATH = '/v1/userinfo';

/**
 * Asks the plugin that signs users in through whom a user owns things.
 *
 * @param token - of the user; a limited one will do
 * @throws the error that the plugin answers with; ServiceUnavailableError `ERR_USER_INFO_UNAVAILABLE`
 */
export async function fetchOwnership(authBaseUrl: string, token: string): Promise<readonly string[]> {
  const { status, body } = await get(`${authBaseUrl}${USER_INFO_PATH}`, token);
  if (status !== 200) {
    throw fromErrorBody(body, status);
  }
  const { claims } = (body ?? {}) as { claims?: { ent?: unknown } };
  const ownership = ownershipOf(claims);
  if (!ownership) {
    throw userInfoUnavailable('its answer lists nothing in claims.ent');
  }
  return ownership;
}

/** The claim `ent`, if it is what it should be. */
export function ownershipOf(claims: { readonly ent?: unknown } | undefined): readonly string[] | undefined {
  const ent = claims?.ent;
  return Array.isArray(ent) && ent.every((ref) => typeof ref === 'string') ? ent : undefined;
}

async function get(url: string, token: string): Promise<{ readonly status: number; readonly body: unknown }> {
  try {
    const response = await fetch(url, {
      headers: { Authorization: `Bearer ${token}`, Accept: 'application/json' },
      // A token goes where it belongs, and nowhere else.
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT),
    });
    return { status: response.status, body: await response.json() };
  } catch {
    throw userInfoUnavailable('it cannot be reached, or its answer cannot be read');
  }
}
