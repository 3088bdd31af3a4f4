import { BadGatewayError, BulkheadError, InputError } from '@bulkhead/errors';

/** An id from which it cannot be told which plugin has the action. */
export function malformedActionId(id: string): InputError {
  return new InputError(`${JSON.stringify(id)} is no id of an action`, {
    code: 'ERR_ACTIONS_ID',
    hint: 'Ids are <pluginId>:<name>; list() tells those that there are.',
  });
}

/** A plugin has answered, and nobody can tell what. */
export function unusableAnswer(pluginId: string, fault: string): BadGatewayError {
  return new BadGatewayError(`Plugin '${pluginId}' has given an answer that cannot be used: ${fault}`, {
    code: 'ERR_ACTIONS_ANSWER',
  });
}

/** Actions are filtered by patterns, and what reads them is not installed. */
export function patternsUnreadable(cause: unknown): BulkheadError {
  return new BulkheadError('ERR_ACTIONS_PATTERNS', "The ids in 'backend.actions.filter' need the package 'minimatch'", {
    hint: 'Install it: npm install minimatch',
    cause,
  });
}
