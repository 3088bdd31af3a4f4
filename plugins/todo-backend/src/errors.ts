import { InputError, NotFoundError, PreconditionFailedError, PreconditionRequiredError } from '@bulkhead/errors';

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

/** Something in a request that is not as it should be. */
export interface InputFault {
  /** JSON pointer into the request, beginning with its part: `/body/title`, `/query/limit`. */
  readonly pointer: string;
  /** Completes the sentence that begins with the pointer, for example `must be a boolean`. */
  readonly fault: string;
}

/** A request with faults; all of them are named. */
export function invalidInput(faults: readonly InputFault[]): InputError {
  const list = faults.map(({ pointer, fault }) => `${pointer} ${fault}`).join('; ');
  return new InputError(`The request is not valid: ${list}`, { code: 'ERR_TODO_INVALID_INPUT' });
}
