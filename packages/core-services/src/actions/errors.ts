import { BadGatewayError, InputError } from '@bulkhead/errors';

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
