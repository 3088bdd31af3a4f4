import type { ServiceAccessRestrictions } from '@bulkhead/backend-plugin-api';
import type { JsonValue } from '@bulkhead/types';
import { deepFreeze } from './deep-freeze.ts';
import { isObject, readNames, readWord, type ExternalAccessProblems } from './external-access-problems.ts';

type Action = 'create' | 'read' | 'update' | 'delete';

const ACTIONS: readonly string[] = ['create', 'read', 'update', 'delete'] satisfies readonly Action[];

/** Reads what a caller may do, by plugin id; `undefined`: everything, or what is written there is wrong. */
export function readAccessRestrictions(
  value: JsonValue | undefined,
  key: string,
  problems: ExternalAccessProblems,
): ReadonlyMap<string, ServiceAccessRestrictions> | undefined {
  if (value === undefined) {
    return undefined;
  }
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
    const restricted = {
      ...readPermissions(permission, `${key}[${index}].permission`, problems),
      ...readAttributes(permissionAttribute, `${key}[${index}].permissionAttribute`, problems),
    };
    restrictions.set(pluginId, deepFreeze(restricted));
  }
  return restrictions;
}

function readPermissions(
  value: JsonValue | undefined,
  key: string,
  problems: ExternalAccessProblems,
): Pick<ServiceAccessRestrictions, 'permissionNames'> {
  const permissionNames = readNames(value, key, problems);
  return permissionNames ? { permissionNames } : {};
}

function readAttributes(
  value: JsonValue | undefined,
  key: string,
  problems: ExternalAccessProblems,
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
