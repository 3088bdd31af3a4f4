import { BulkheadError, InputError, NotAllowedError } from '@bulkhead/errors';

/** An id that cannot name a plugin, a module, a service or an extension point. */
export function invalidId(kind: string, id: unknown): BulkheadError {
  return new BulkheadError('ERR_PLUGIN_API_INVALID_ID', `${JSON.stringify(id)} cannot be the id of a ${kind}`, {
    hint:
      'Use letters and digits, begin with a letter, and join words by single dashes ' +
      "(for example 'user-settings'); services and extension points may also have dots ('todo.listeners').",
  });
}

/** `register` broke a rule of registration; `owner` names the plugin or module. */
export function illegalRegistration(owner: string, what: string, hint: string): BulkheadError {
  return new BulkheadError('ERR_PLUGIN_API_ILLEGAL_REGISTRATION', `${owner} ${what}`, { hint });
}

/** A look-up of a connection that `register` did not announce; `owner` names the plugin or module. */
export function undeclaredConnection(owner: string, type: string, declared: readonly string[]): NotAllowedError {
  const known = declared.length === 0 ? 'none' : declared.map((each) => `'${each}'`).join(', ');
  return new NotAllowedError(`${owner} looks up a connection of type '${type}' without having declared it`, {
    code: 'ERR_PLUGIN_API_UNDECLARED_CONNECTION',
    hint: `Call registerConnection({ type: '${type}' }) in register, before registerInit. Declared: ${known}.`,
  });
}

/** A path that leaves the folder it must stay in. */
export function pathEscapes(base: string): NotAllowedError {
  return new NotAllowedError(`The path leads out of ${base}`, {
    code: 'ERR_PLUGIN_API_PATH_ESCAPES',
    hint: 'Pass a path that stays inside the folder, also after symbolic links are followed.',
  });
}

/** A package that cannot be located from the module that asked. */
export function packageNotFound(name: string, cause: unknown): BulkheadError {
  return new BulkheadError('ERR_PLUGIN_API_PACKAGE_NOT_FOUND', `The package ${name} cannot be found`, {
    hint: `Install it (npm install ${name}) or correct its name.`,
    cause,
  });
}

/** A task schedule in the configuration that cannot be understood. */
export function invalidSchedule(what: string, hint: string): InputError {
  return new InputError(`The task schedule ${what}`, { code: 'ERR_PLUGIN_API_INVALID_SCHEDULE', hint });
}
