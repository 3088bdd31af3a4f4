import {
  AuthenticationError,
  BulkheadError,
  NotAllowedError,
  NotImplementedError,
  ProblemsError,
  ServiceUnavailableError,
  type Problem,
} from '@bulkhead/errors';

/** No handler knows the token. Says nothing about why: that would help to guess. */
export function invalidToken(): AuthenticationError {
  return new AuthenticationError('The token is not valid', { code: 'ERR_AUTH_INVALID_TOKEN' });
}

/** The signature is right, but the token is over. */
export function tokenExpired(): AuthenticationError {
  return new AuthenticationError('The token has expired', {
    code: 'ERR_AUTH_TOKEN_EXPIRED',
    hint: 'Get a new one.',
  });
}

/** A token that is longer than any that would be looked at. */
export function tokenTooLarge(limit: number): AuthenticationError {
  return new AuthenticationError(`The token has more than ${limit} characters`, {
    code: 'ERR_AUTH_TOKEN_TOO_LARGE',
    hint: 'Tokens of users grow with the groups in their claim `ent`; let the issuer leave that out.',
  });
}

/** Credentials of a user that bring no token along, so that nobody would believe whoever speaks for the user. */
export function noUserToken(): AuthenticationError {
  return new AuthenticationError('There is no token behind the credentials of the user', {
    code: 'ERR_AUTH_NO_USER_TOKEN',
    hint: 'Pass the credentials that httpAuth.credentials(req) or auth.authenticate(token) gave.',
  });
}

/** A set of keys that cannot be used. For the log: it says where the issuer is. */
export function jwksRefused(url: string, what: string, cause?: unknown): BulkheadError {
  return new BulkheadError('ERR_AUTH_JWKS', `The key set at ${url} ${what}`, { cause });
}

/** More issuers than there can be want to be known at once. */
export function tooManyIssuers(): ServiceUnavailableError {
  return new ServiceUnavailableError('Too many issuers of tokens want to be known at once', {
    code: 'ERR_AUTH_TOO_MANY_ISSUERS',
  });
}

/** A limited token came where a full one is needed. */
export function limitedToken(): AuthenticationError {
  return new AuthenticationError('The token permits too little for this', { code: 'ERR_AUTH_LIMITED_TOKEN' });
}

/** A token whose access is restricted to other plugins. */
export function accessRestricted(subject: string, pluginId: string): NotAllowedError {
  return new NotAllowedError(`The token of '${subject}' gives no access to plugin '${pluginId}'`, {
    code: 'ERR_AUTH_ACCESS_RESTRICTED',
    hint: `Add { plugin: ${pluginId} } to its accessRestrictions in backend.auth.externalAccess.`,
  });
}

/** A token that is restricted to plugins, at an endpoint that belongs to none. */
export function restrictedToPlugins(subject: string): NotAllowedError {
  return new NotAllowedError(`The token of '${subject}' gives access to plugins only`, {
    code: 'ERR_AUTH_ACCESS_RESTRICTED',
    hint: 'The endpoints of the host itself need a token without accessRestrictions.',
  });
}

/** Nobody, or somebody unknown, cannot be spoken for. */
export function nobodyToActFor(): AuthenticationError {
  return new AuthenticationError('There is nobody on whose behalf a token could be issued', {
    code: 'ERR_AUTH_NOBODY_TO_ACT_FOR',
    hint: 'Pass the credentials of a user or of a service, for example await auth.getOwnServiceCredentials().',
  });
}

/** The host issues no tokens. */
export function cannotIssueTokens(kind: string): NotImplementedError {
  return new NotImplementedError(`This host issues no ${kind}`, {
    code: 'ERR_AUTH_CANNOT_ISSUE_TOKENS',
    hint: 'Call with a static token from backend.auth.externalAccess, or provide another factory for coreServices.auth.',
  });
}

/** The callers from outside cannot be read. */
export function invalidExternalAccess(problems: readonly Problem[]): ProblemsError {
  return new ProblemsError('ERR_AUTH_CONFIG', 'The configuration of callers from outside is wrong', problems);
}

/** One fault in `backend.auth.externalAccess` or `backend.auth.keys`. Values are never shown. */
export function externalAccessProblem(path: string, message: string, hint?: string): Problem {
  return {
    code: 'ERR_AUTH_EXTERNAL_ACCESS',
    message: `${path} ${message}`,
    hint,
    path: path.split(/[.[\]]+/).filter((part) => part !== ''),
  };
}

/** Two handlers for tokens of one type of external access. */
export function duplicateExternalTokenHandler(type: string): BulkheadError {
  return new BulkheadError(
    'ERR_AUTH_DUPLICATE_HANDLER',
    `There are two handlers for external access of type '${type}'`,
    {
      hint: 'Remove the module of one of them, or give one another type; static, legacy and jwks belong to the host.',
    },
  );
}
