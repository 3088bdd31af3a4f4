import {
  BulkheadError,
  InputError,
  MAX_VIOLATIONS,
  NotAllowedError,
  NotFoundError,
  type Violation,
} from '@bulkhead/errors';
import type { SchemaError } from './action-schemas.ts';

/** How many faults stand in a message. */
const MAX_FAULTS = 5;

/** Something of that name is there. */
export function actionRegisteredTwice(id: string): BulkheadError {
  return new BulkheadError('ERR_ACTIONS_REGISTRY_DUPLICATE', `The action '${id}' has been registered already`, {
    hint: 'Give one of the two another name.',
  });
}

/** There is no such action, or the caller may not know that there is. */
export function unknownAction(id: string): NotFoundError {
  return new NotFoundError(`There is no action '${id}'`, { code: 'ERR_ACTIONS_REGISTRY_UNKNOWN' });
}

/** Nobody wants something done. */
export function anonymousInvocation(id: string): NotAllowedError {
  return new NotAllowedError(`The action '${id}' is not for callers without credentials`, {
    code: 'ERR_ACTIONS_REGISTRY_ANONYMOUS',
    hint: 'Send the token of a user or of a service.',
  });
}

/** The input does not fit its schema. */
export function invalidInput(id: string, cause: SchemaError): InputError {
  return new InputError(`The input does not fit the action '${id}'${describe(cause)}`, {
    code: 'ERR_ACTIONS_REGISTRY_INPUT',
    violations: toViolations('/input', cause),
    cause,
  });
}

/** The secrets do not fit their schema. What is wrong with them is told without them. */
export function invalidSecrets(id: string, cause: SchemaError): InputError {
  return new InputError(`The secrets do not fit the action '${id}'`, {
    code: 'ERR_ACTIONS_REGISTRY_SECRETS',
    violations: toViolations('/secrets', cause).map(({ pointer, message }) => ({
      pointer,
      // Of what is none of the words that zod 3 expects, it tells which it is.
      message: message.replace(/, received '[^]*$/, ''),
    })),
  });
}

/** The action cannot do without secrets. */
export function missingSecrets(id: string): InputError {
  return new InputError(`The action '${id}' needs secrets, and was given none`, {
    code: 'ERR_ACTIONS_REGISTRY_SECRETS',
    hint: 'Send { input, secrets } to …/v2/actions/…/invoke; the schema of the secrets stands in the list of actions.',
  });
}

/** Secrets go where they are needed only. */
export function unwantedSecrets(id: string): InputError {
  return new InputError(`The action '${id}' takes no secrets`, { code: 'ERR_ACTIONS_REGISTRY_SECRETS' });
}

/** What the action has made does not fit its own schema. The status is the one that published clients know. */
export function invalidOutput(id: string, cause: SchemaError): InputError {
  return new InputError(`The output does not fit the schema of the action '${id}'${describe(cause)}`, {
    code: 'ERR_ACTIONS_REGISTRY_OUTPUT',
    violations: toViolations('/output', cause),
    cause,
  });
}

/** Those who invoke actions, language models among them, often see the message and nothing else. */
function describe({ issues = [] }: SchemaError): string {
  const faults = issues
    .slice(0, MAX_FAULTS)
    .map(({ path, message }) => (path.length > 0 ? `${path.map(String).join('.')}: ${message}` : message));
  const more = issues.length > MAX_FAULTS ? [`and ${issues.length - MAX_FAULTS} more`] : [];
  return faults.length > 0 ? `: ${[...faults, ...more].join('; ')}` : '';
}

function toViolations(root: string, { issues = [] }: SchemaError): readonly Violation[] {
  return issues.slice(0, MAX_VIOLATIONS).map(({ path, message }) => ({
    pointer: [root, ...path.map((part) => String(part).replace(/~/g, '~0').replace(/\//g, '~1'))].join('/'),
    message,
  }));
}
