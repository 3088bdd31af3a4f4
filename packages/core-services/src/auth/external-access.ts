import type { ServiceAccessRestrictions } from '@bulkhead/backend-plugin-api';
import type { Config } from '@bulkhead/config';
import { nearestName } from '@bulkhead/errors';
import type { JsonValue } from '@bulkhead/types';
import { ExternalAccessProblems, isObject } from './external-access-problems.ts';
import { invalidExternalAccess } from './errors.ts';
import { readAccessRestrictions } from './external-access-restrictions.ts';
import {
  EXTERNAL_ACCESS_TYPES,
  readSecret,
  type CustomAccess,
  type ExternalAccessOptions,
} from './external-access-types.ts';

/** An entry of `backend.auth.externalAccess`. */
export type ExternalAccess = (ExternalAccessOptions | CustomAccess) & {
  /** By plugin id. Absent: all plugins, without limits. */
  readonly restrictions?: ReadonlyMap<string, ServiceAccessRestrictions>;
};

const KEY = 'backend.auth.externalAccess';
const OLD_KEYS = 'backend.auth.keys';
/** The subject of callers whose secret stands under `backend.auth.keys`. */
const SUBJECT_OF_OLD_KEYS = 'external:backstage-plugin';

/**
 * Reads `backend.auth.externalAccess`, and `backend.auth.keys`, which came before it.
 *
 * @throws ProblemsError `ERR_AUTH_CONFIG` that lists everything that is wrong, without showing a token or a secret
 */
export function readExternalAccess(config: Config): ExternalAccess[] {
  const problems = new ExternalAccessProblems(KEY);
  const oldProblems = new ExternalAccessProblems(OLD_KEYS);
  const result = [...readEntries(config, problems), ...readOldKeys(config, oldProblems)];
  const found = [...problems.found, ...oldProblems.found];
  if (found.length > 0) {
    throw invalidExternalAccess(found);
  }
  return result;
}

/** Whether callers are configured in the way that came before `externalAccess`. */
export function hasOldKeys(config: Config): boolean {
  return (config.getOptionalConfigArray(OLD_KEYS) ?? []).length > 0;
}

function readEntries(config: Config, problems: ExternalAccessProblems): ExternalAccess[] {
  const entries = config.getOptional(KEY) ?? [];
  if (!Array.isArray(entries)) {
    problems.add('', 'must be a list');
    return [];
  }
  const result = entries.flatMap((entry, index) => readEntry(entry, index, problems) ?? []);
  findDuplicates(result, problems);
  return result;
}

function readOldKeys(config: Config, problems: ExternalAccessProblems): ExternalAccess[] {
  return (config.getOptionalConfigArray(OLD_KEYS) ?? []).flatMap((key, index) => {
    const secret = readSecret(key.getOptional('secret'), `[${index}].secret`, problems);
    return secret ? [{ type: 'legacy' as const, secret, subject: SUBJECT_OF_OLD_KEYS }] : [];
  });
}

function readEntry(entry: JsonValue, index: number, problems: ExternalAccessProblems): ExternalAccess | undefined {
  const key = `[${index}]`;
  if (!isObject(entry)) {
    return problems.add(key, 'must be an object', "Write { type: static, options: { token: '…', subject: '…' } }.");
  }
  const { type, options, accessRestrictions } = entry;
  const readOptions = EXTERNAL_ACCESS_TYPES.get(type);
  const read = readOptions
    ? readOptions(isObject(options) ? options : {}, `${key}.options`, problems)
    : readCustom(type, index, problems);
  const restrictions = readAccessRestrictions(accessRestrictions, `${key}.accessRestrictions`, problems);
  return read && { ...read, restrictions };
}

/** Whether there is a handler for the type shows when a plugin looks for one; what is a slip shows here. */
function readCustom(
  type: JsonValue | undefined,
  index: number,
  problems: ExternalAccessProblems,
): CustomAccess | undefined {
  const names = [...EXTERNAL_ACCESS_TYPES.keys()] as string[];
  const nearest = typeof type === 'string' ? nearestName(type, names) : undefined;
  if (typeof type === 'string' && type !== '' && nearest === undefined) return { type: 'custom', name: type, index };
  const expected = names.map((name) => `'${name}'`).join(', ');
  return problems.add(`[${index}].type`, `must be one of ${expected}`, nearest && `Did you mean '${nearest}'?`);
}

function findDuplicates(entries: readonly ExternalAccess[], problems: ExternalAccessProblems): void {
  const seen = new Map<string, string>();
  for (const entry of entries) {
    if (entry.type === 'static') {
      const other = seen.get(entry.token);
      if (other !== undefined) {
        problems.add('', `has the same token for '${other}' and '${entry.subject}'`, 'Give each its own token.');
      }
      seen.set(entry.token, entry.subject);
    }
  }
}
