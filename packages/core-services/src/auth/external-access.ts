import type { ServiceAccessRestrictions } from '@bulkhead/backend-plugin-api';
import type { Config } from '@bulkhead/config';
import { nearestName, type Problem } from '@bulkhead/errors';
import type { JsonObject, JsonValue } from '@bulkhead/types';
import { externalAccessProblem, invalidExternalAccess } from './errors.ts';

/** An entry of `backend.auth.externalAccess`. */
export interface ExternalAccess {
  readonly token: string;
  readonly subject: string;
  /** By plugin id. Absent: all plugins, without limits. */
  readonly restrictions?: ReadonlyMap<string, ServiceAccessRestrictions>;
}

type Action = 'create' | 'read' | 'update' | 'delete';

const ACTIONS: readonly string[] = ['create', 'read', 'update', 'delete'] satisfies readonly Action[];
const MINIMUM_TOKEN_LENGTH = 8;

/**
 * Reads `backend.auth.externalAccess`.
 *
 * @throws ProblemsError `ERR_AUTH_CONFIG` that lists everything that is wrong, without showing a token
 */
export function readExternalAccess(config: Config): ExternalAccess[] {
  const entries = config.getOptional('backend.auth.externalAccess') ?? [];
  const problems = new Problems();
  if (!Array.isArray(entries)) {
    throw invalidExternalAccess([externalAccessProblem('', 'must be a list')]);
  }
  const result = entries.flatMap((entry, index) => readEntry(entry, `[${index}]`, problems) ?? []);
  findDuplicates(result, problems);
  if (problems.found.length > 0) {
    throw invalidExternalAccess(problems.found);
  }
  return result;
}

/** Collects problems; says `undefined`, so that readers can return what it says. */
class Problems {
  readonly found: Problem[] = [];

  add(key: string, message: string, hint?: string): undefined {
    this.found.push(externalAccessProblem(key, message, hint));
  }
}

function readEntry(entry: JsonValue, key: string, problems: Problems): ExternalAccess | undefined {
  if (!isObject(entry)) {
    return problems.add(key, 'must be an object', "Write { type: static, options: { token: '…', subject: '…' } }.");
  }
  const { type, options, accessRestrictions } = entry;
  if (type !== 'static') {
    const nearest = typeof type === 'string' ? nearestName(type, ['static']) : undefined;
    return problems.add(`${key}.type`, "must be 'static'", nearest && `Did you mean '${nearest}'?`);
  }
  const { token, subject } = isObject(options) ? options : {};
  const validToken = readToken(token, `${key}.options.token`, problems);
  const validSubject = readWord(subject, `${key}.options.subject`, problems);
  const restrictions =
    accessRestrictions === undefined
      ? undefined
      : readRestrictions(accessRestrictions, `${key}.accessRestrictions`, problems);
  return validToken !== undefined && validSubject !== undefined
    ? { token: validToken, subject: validSubject, restrictions }
    : undefined;
}

function readToken(value: JsonValue | undefined, key: string, problems: Problems): string | undefined {
  const token = readWord(value, key, problems);
  return token === undefined || token.length >= MINIMUM_TOKEN_LENGTH
    ? token
    : problems.add(
        key,
        `must have at least ${MINIMUM_TOKEN_LENGTH} characters`,
        "Make one with: node -p \"require('crypto').randomBytes(24).toString('base64')\"",
      );
}

function readWord(value: JsonValue | undefined, key: string, problems: Problems): string | undefined {
  return typeof value === 'string' && /^\S+$/.test(value)
    ? value
    : problems.add(key, 'must be a string that is not empty and has no white space');
}

function readRestrictions(
  value: JsonValue,
  key: string,
  problems: Problems,
): ReadonlyMap<string, ServiceAccessRestrictions> | undefined {
  if (!Array.isArray(value) || value.length === 0) {
    return problems.add(key, 'must be a list that is not empty', 'Leave it out to give access to everything.');
  }
  const restrictions = new Map<string, ServiceAccessRestrictions>();
  for (const [index, entry] of value.entries()) {
    const { plugin, permission, permissionAttribute } = isObject(entry) ? entry : {};
    const pluginId = readWord(plugin, `${key}[${index}].plugin`, problems);
    if (pluginId === undefined) {
      continue;
    }
    if (restrictions.has(pluginId)) {
      problems.add(`${key}[${index}].plugin`, `names '${pluginId}' a second time`, 'Merge the two entries.');
    }
    restrictions.set(pluginId, {
      ...readPermissions(permission, `${key}[${index}].permission`, problems),
      ...readAttributes(permissionAttribute, `${key}[${index}].permissionAttribute`, problems),
    });
  }
  return restrictions;
}

function readPermissions(
  value: JsonValue | undefined,
  key: string,
  problems: Problems,
): Pick<ServiceAccessRestrictions, 'permissionNames'> {
  const permissionNames = readNames(value, key, problems);
  return permissionNames ? { permissionNames } : {};
}

function readAttributes(
  value: JsonValue | undefined,
  key: string,
  problems: Problems,
): Pick<ServiceAccessRestrictions, 'permissionAttributes'> {
  if (value === undefined) {
    return {};
  }
  const names = readNames(isObject(value) ? value.action : undefined, `${key}.action`, problems);
  const unknown = names?.find((name) => !ACTIONS.includes(name));
  if (!names || unknown !== undefined) {
    problems.add(`${key}.action`, `must be of ${ACTIONS.join(', ')}`);
    return {};
  }
  return { permissionAttributes: { action: names as Action[] } };
}

/** A list of names, or one string with spaces or commas between them. */
function readNames(value: JsonValue | undefined, key: string, problems: Problems): string[] | undefined {
  if (value === undefined) {
    return undefined;
  }
  const names = typeof value === 'string' ? value.split(/[\s,]+/).filter((name) => name !== '') : value;
  return Array.isArray(names) && names.length > 0 && names.every((name): name is string => typeof name === 'string')
    ? names
    : problems.add(key, 'must be a name or a list of names');
}

function findDuplicates(entries: readonly ExternalAccess[], problems: Problems): void {
  const seen = new Map<string, string>();
  for (const { token, subject } of entries) {
    const other = seen.get(token);
    if (other !== undefined) {
      problems.add('', `has the same token for '${other}' and '${subject}'`, 'Give each its own token.');
    }
    seen.set(token, subject);
  }
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
