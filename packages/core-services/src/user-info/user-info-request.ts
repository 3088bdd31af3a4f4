import { isErrorLike } from '@bulkhead/errors';
import type { CalledOperation, ClientConnection } from '@bulkhead/openapi/client';
import { userInfoUnavailable } from './errors.ts';

/** Milliseconds until an answer must be there. */
const TIMEOUT = 5_000;

/** Who shows the token of a user is told about that user, whatever else the plugin demands of its callers. */
const userInfoOperation: CalledOperation = {
  operationId: 'getUserInfo',
  method: 'GET',
  path: '/v1/userinfo',
  parameters: [],
  isPublic: true,
  responses: { '200': [{ mediaType: 'application/json', kind: 'json' }] },
};

/**
 * Asks the plugin that signs users in through whom a user owns things.
 *
 * @param auth - leads to that plugin
 * @param token - of the user; a limited one will do
 * @throws the error that the plugin answers with; ServiceUnavailableError `ERR_USER_INFO_UNAVAILABLE`
 */
export async function fetchOwnership(auth: ClientConnection, token: string): Promise<readonly string[]> {
  const body = await ask(auth, token);
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

async function ask(auth: ClientConnection, token: string): Promise<unknown> {
  try {
    return (await auth.call(userInfoOperation, {}, { token, timeout: TIMEOUT })).body;
  } catch (error) {
    throw isOfPlugin(error) ? error : userInfoUnavailable('it cannot be reached, or its answer cannot be read', error);
  }
}

/** Whether it was the plugin that said so, and not those who looked for it. */
function isOfPlugin(error: unknown): boolean {
  const code = isErrorLike(error) && typeof error.code === 'string' ? error.code : '';
  // Codes are ERR_<AREA>_<WHAT>; those of the area CLIENT are from before there was an answer.
  return code.split('_')[1] !== 'CLIENT' && code !== 'ERR_HTTP_UNKNOWN_PLUGIN';
}
