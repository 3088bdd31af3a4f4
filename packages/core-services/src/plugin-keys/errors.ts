import { BulkheadError, ServiceUnavailableError } from '@bulkhead/errors';

/** A token cannot be checked, since its issuer does not answer. */
export function keysUnavailable(issuer: string): ServiceUnavailableError {
  // The cause goes to the log: it tells where the issuer is.
  return new ServiceUnavailableError(`The public keys of ${issuer} cannot be had at the moment`, {
    code: 'ERR_AUTH_KEYS_UNAVAILABLE',
    hint: 'Try again in a few seconds. The log of the host says why.',
  });
}

/** A file of `backend.auth.pluginKeyStore.static` that cannot be read as a key. */
export function unreadableKeyFile(file: string, cause: unknown): BulkheadError {
  return new BulkheadError('ERR_AUTH_KEY_FILE', `${file} holds no key that can be used`, {
    hint: 'Write the private key as PKCS #8 and the public one as SPKI, both in PEM, of the kind that `algorithm` says.',
    cause,
  });
}
