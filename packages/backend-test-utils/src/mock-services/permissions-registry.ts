import type {
  Permission,
  PermissionResourceType,
  PermissionRule,
  PermissionsRegistryService,
} from '@bulkhead/backend-plugin-api';
import { NotFoundError } from '@bulkhead/errors';
import { recordCalls, type Recorded } from '../recorded-calls.ts';

/** A {@link PermissionsRegistryService} that can be looked into. */
export type MockPermissionsRegistry = Recorded<
  PermissionsRegistryService,
  {
    /** All permissions so far, those of resource types included. */
    readonly permissions: readonly Permission[];
    readonly resourceTypes: readonly PermissionResourceType[];
  }
>;

/** @internal */
export function createMockPermissionsRegistry(): MockPermissionsRegistry {
  const permissions: Permission[] = [];
  const rules: PermissionRule[] = [];
  const resourceTypes: PermissionResourceType[] = [];
  return recordCalls<PermissionsRegistryService, Pick<MockPermissionsRegistry, 'permissions' | 'resourceTypes'>>(
    {
      addPermissions: (added) => void permissions.push(...added),
      addPermissionRules: (added) => void rules.push(...added),
      addResourceType: (added) => {
        resourceTypes.push(added);
        permissions.push(...(added.permissions ?? []));
      },
      getPermissionRuleset: ({ pluginId, resourceType }) => ({
        getRuleByName: (name) => {
          const own = resourceTypes
            .filter(({ resourceRef }) => resourceRef.pluginId === pluginId && resourceRef.resourceType === resourceType)
            .flatMap((type) => type.rules);
          const known = [...own, ...rules.filter((rule) => rule.resourceType === resourceType)];
          return ruleNamed(known, name);
        },
      }),
    },
    { permissions, resourceTypes },
  );
}

function ruleNamed(rules: readonly PermissionRule[], name: string): PermissionRule {
  const rule = rules.find((candidate) => candidate.name === name);
  if (!rule) throw new NotFoundError(`There is no permission rule '${name}'`);
  return rule;
}
