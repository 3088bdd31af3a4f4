import {
  InputError,
  NotAllowedError,
  NotFoundError,
  PreconditionFailedError,
  PreconditionRequiredError,
} from '@bulkhead/errors';

/** There is no such todo, or it is somebody else's. */
export function todoNotFound(id: string): NotFoundError {
  return new NotFoundError(`There is no todo ${id}`, {
    code: 'ERR_TODO_NOT_FOUND',
    hint: 'List the todos to see which there are.',
  });
}

/** The todo is no longer in the version that the caller wants to change. */
export function todoChanged(id: string, version: number): PreconditionFailedError {
  return new PreconditionFailedError(`Todo ${id} has been changed and is at version ${version} now`, {
    code: 'ERR_TODO_CHANGED',
    hint: 'Read the todo again, apply the change to what it is now, and send its new ETag as If-Match.',
  });
}

/** A change that does not say which version it is meant for. */
export function versionRequired(): PreconditionRequiredError {
  return new PreconditionRequiredError('The request does not say which version of the todo it is meant for', {
    code: 'ERR_TODO_VERSION_REQUIRED',
    hint: 'Send the ETag of the todo as If-Match, or `If-Match: *` for whatever version there is.',
  });
}

/** A cursor that is not one that a page has given. */
export function invalidCursor(): InputError {
  return new InputError('The cursor is not one that a page has given', {
    code: 'ERR_TODO_CURSOR',
    hint: 'Send the nextCursor of the page before as it is, or none to begin with the first page.',
    violations: [{ pointer: '/query/cursor', message: 'must be the nextCursor of a page' }],
  });
}

/** An `If-Match` header that cannot be read. */
export function invalidIfMatch(): InputError {
  return new InputError('If-Match does not name versions', {
    code: 'ERR_TODO_IF_MATCH',
    hint: 'Send the ETag of the todo with its double quotes, or `If-Match: *` for whatever version there is.',
    violations: [{ pointer: '/headers/if-match', message: 'must be * or ETags in double quotes' }],
  });
}

/** Somebody else than a plugin wants to know about the todos of everybody. */
export function pluginsOnly(): NotAllowedError {
  return new NotAllowedError('Only plugins may ask about the todos of everybody', { code: 'ERR_TODO_PLUGINS_ONLY' });
}
