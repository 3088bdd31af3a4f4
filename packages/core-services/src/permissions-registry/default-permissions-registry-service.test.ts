import { describe, expect, it } from '@jest/globals';
import type { Permission, PermissionResourceType, PermissionRule } from '@bulkhead/backend-plugin-api';
import { mockServices } from '@bulkhead/backend-test-utils';
import { describePermissionsRegistryService } from '@bulkhead/backend-test-utils/contracts';
import { DefaultPermissionsRegistryService } from './default-permissions-registry-service.ts';

const READ: Permission = { type: 'basic', name: 'todo.read', attributes: { action: 'read' } };
const WRITE: Permission = { type: 'resource', name: 'todo.write', attributes: {}, resourceType: 'todo' };
const TODO = { pluginId: 'todo', resourceType: 'todo' };

function rule(name: string, more: Partial<PermissionRule> = {}): PermissionRule {
  return { name, description: name, apply: () => true, toQuery: () => ({}), ...more };
}

const createRegistry = () => new DefaultPermissionsRegistryService('todo');

function failure(action: () => unknown): unknown {
  try {
    action();
    return undefined;
  } catch (error) {
    return error;
  }
}

describePermissionsRegistryService('DefaultPermissionsRegistryService', () => ({ service: createRegistry() }));

describe('DefaultPermissionsRegistryService', () => {
  it('takes rules before their resource type, and the same permission again', () => {
    const registry = createRegistry();
    const isDone = rule('IS_DONE', { resourceType: 'todo' });
    registry.addPermissionRules([isDone]);
    registry.addPermissionRules([isDone]);
    registry.addPermissions([READ, WRITE]);
    registry.addResourceType({ resourceRef: TODO, permissions: [{ ...WRITE }], rules: [rule('IS_OWNER')] });
    expect(registry.registered.permissions).toEqual([READ, WRITE]);
    const names = registry.registered.rules.map((known) => [known.resourceType, known.rule.name]);
    expect(names).toEqual([
      ['todo', 'IS_DONE'],
      ['todo', 'IS_OWNER'],
    ]);
  });

  it.each<[string, (registry: DefaultPermissionsRegistryService) => void]>([
    [
      "permission rule 'A' for 'todo'",
      (registry) => registry.addPermissionRules([rule('A', { resourceType: 'todo' })]),
    ],
    ["resource type 'todo'", (registry) => registry.addResourceType({ resourceRef: TODO, rules: [] })],
    [
      "permission rule 'X' for 'list'",
      (registry) =>
        registry.addResourceType({
          resourceRef: { pluginId: 'todo', resourceType: 'list' },
          permissions: [WRITE],
          rules: [rule('X'), rule('X')],
        }),
    ],
  ])('refuses another %s, and what came with it', (what, add) => {
    const registry = createRegistry();
    registry.addPermissions([READ]);
    registry.addResourceType({ resourceRef: TODO, rules: [rule('A')] });
    expect(failure(() => add(registry))).toMatchObject({
      code: 'ERR_PERMISSIONS_REGISTRY_DUPLICATE',
      message: expect.stringContaining(what),
    });
    expect(registry.registered.permissions).toEqual([READ]);
    expect(registry.registered.rules).toHaveLength(1);
    expect(registry.registered.findResourceType('list')).toBeUndefined();
  });

  it('takes the later of two permissions of one name, and says so', () => {
    const logger = mockServices.logger();
    const registry = new DefaultPermissionsRegistryService('todo', logger);
    registry.addPermissions([READ, WRITE, { ...READ }]);
    expect(logger.lines).toEqual([]);
    registry.addPermissions([{ ...READ, attributes: {} }]);
    expect(registry.registered.permissions).toEqual([{ ...READ, attributes: {} }, WRITE]);
    expect(logger.messages('warn')).toEqual([expect.stringContaining("'todo.read'")]);
  });

  it('knows rules of a type that nobody added, and takes a type without rules', () => {
    const registry = createRegistry();
    registry.addPermissionRules([rule('IS_OWNER', { resourceType: 'todo' })]);
    expect(registry.getPermissionRuleset(TODO).getRuleByName('IS_OWNER').name).toBe('IS_OWNER');
    registry.addResourceType({ resourceRef: TODO } as PermissionResourceType);
    expect(registry.registered.findResourceType('todo')).toBeDefined();
  });

  it('allows one name for rules of different resource types', () => {
    const registry = createRegistry();
    registry.addPermissionRules([rule('A', { resourceType: 'todo' }), rule('A', { resourceType: 'list' })]);
    expect(registry.registered.rules).toHaveLength(2);
  });

  it.each<[string, PermissionRule]>([
    ['does not say what it is for', rule('A')],
    ['cannot check parameters', rule('A', { resourceType: 'todo', paramsSchema: { type: 'object' } })],
    ['cannot check parameters', rule('A', { resourceType: 'todo', paramsSchema: null })],
  ])('refuses a rule that %s', (fault, added) => {
    expect(failure(() => createRegistry().addPermissionRules([added]))).toMatchObject({
      code: 'ERR_PERMISSIONS_REGISTRY_RULE',
      message: expect.stringContaining(fault),
    });
  });

  it('refuses a rule that is for something else than its resource type', () => {
    const added = { resourceRef: TODO, rules: [rule('A', { resourceType: 'list' })] };
    expect(failure(() => createRegistry().addResourceType(added))).toMatchObject({
      code: 'ERR_PERMISSIONS_REGISTRY_RULE',
      message: "The permission rule 'A' is for 'list', but was added with 'todo'",
    });
  });

  it('refuses everything once it is closed, and still knows its rules', () => {
    const registry = createRegistry();
    registry.addResourceType({ resourceRef: TODO, rules: [rule('IS_OWNER')] });
    registry.close();
    for (const add of [
      () => registry.addPermissions([READ]),
      () => registry.addPermissionRules([]),
      () => registry.addResourceType({ resourceRef: TODO, rules: [] }),
    ]) {
      expect(failure(add)).toMatchObject({
        code: 'ERR_PERMISSIONS_REGISTRY_CLOSED',
        message: expect.stringMatching(/^Plugin 'todo' has started, so it takes no further /),
      });
    }
    expect(registry.getPermissionRuleset(TODO).getRuleByName('IS_OWNER').name).toBe('IS_OWNER');
  });

  it('suggests the nearest rule, and knows none of another plugin', () => {
    const registry = createRegistry();
    registry.addResourceType({ resourceRef: TODO, rules: [rule('IS_OWNER')] });
    expect(failure(() => registry.getPermissionRuleset(TODO).getRuleByName('IS_OWNR'))).toMatchObject({
      code: 'ERR_PERMISSIONS_REGISTRY_UNKNOWN_RULE',
      hint: "Did you mean 'IS_OWNER'?",
    });
    const foreign = registry.getPermissionRuleset({ pluginId: 'other', resourceType: 'todo' });
    expect(failure(() => foreign.getRuleByName('IS_OWNER'))).toMatchObject({ name: 'NotFoundError' });
  });
});
