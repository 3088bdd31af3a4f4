import { describe, expect, it } from '@jest/globals';
import type { PermissionRule, PermissionsRegistryService } from '@bulkhead/backend-plugin-api';
import { subjectPerTest, type ContractSubject, type CreateSubject } from './subject.ts';

const RESOURCE = { pluginId: 'todo', resourceType: 'todo' };
const notFound = expect.objectContaining({ name: 'NotFoundError' });

function rule(name: string, resourceType = 'todo'): PermissionRule {
  return { name, description: name, resourceType, apply: () => true, toQuery: () => ({}) };
}

/** Contract of {@link PermissionsRegistryService}; `create` makes the registry of the plugin `todo`. */
export function describePermissionsRegistryService(
  name: string,
  create: CreateSubject<ContractSubject<PermissionsRegistryService>>,
): void {
  describe(`${name} as a PermissionsRegistryService`, () => {
    const subject = subjectPerTest(create);

    it('finds the rules of a kind of resource, also those that were added later', () => {
      const { service } = subject();
      const [isOwner, isDone] = [rule('IS_OWNER'), rule('IS_DONE')];
      service.addResourceType({ resourceRef: RESOURCE, rules: [isOwner] });
      service.addPermissionRules([isDone, rule('IS_PUBLIC', 'list')]);
      const ruleset = service.getPermissionRuleset(RESOURCE);
      expect(ruleset.getRuleByName('IS_OWNER')).toBe(isOwner);
      expect(ruleset.getRuleByName('IS_DONE')).toBe(isDone);
      expect(() => ruleset.getRuleByName('IS_PUBLIC')).toThrow(notFound);
    });

    it('knows no rules of a kind that nobody added', () => {
      const { service } = subject();
      service.addPermissions([{ type: 'basic', name: 'todo.read', attributes: {} }]);
      expect(() => service.getPermissionRuleset(RESOURCE).getRuleByName('IS_OWNER')).toThrow(notFound);
    });
  });
}
