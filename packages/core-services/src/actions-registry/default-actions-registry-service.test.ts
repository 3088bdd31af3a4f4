import { describe, expect, it } from '@jest/globals';
import type { Permission } from '@bulkhead/backend-plugin-api';
import { mockCredentials, mockServices } from '@bulkhead/backend-test-utils';
import { describeActionsRegistryService } from '@bulkhead/backend-test-utils/contracts';
import { DefaultActionsRegistryService } from './default-actions-registry-service.ts';

const user = mockCredentials.user();
const SEE: Permission = { type: 'basic', name: 'todo.see', attributes: {} };
const text = { title: 'T', description: 'D' };

function createRegistry(policy: 'ALLOW' | 'DENY' = 'ALLOW') {
  const permissionsRegistry = mockServices.permissionsRegistry();
  const permissions = mockServices.permissions({ policy });
  const logger = mockServices.logger();
  const registry = new DefaultActionsRegistryService({ pluginId: 'todo', logger, permissions, permissionsRegistry });
  return { registry, permissions, permissionsRegistry };
}

describeActionsRegistryService('DefaultActionsRegistryService', () => {
  const { registry } = createRegistry();
  return {
    service: registry,
    list: () => registry.list(user),
    invoke: (invocation) => registry.invoke({ ...invocation, credentials: user }),
  };
});

describe('DefaultActionsRegistryService', () => {
  it('makes schemas when somebody wants to see them, and once', async () => {
    const { registry } = createRegistry();
    let made = 0;
    registry.register({
      ...text,
      name: 'add',
      schema: {
        input: (zod) => {
          made += 1;
          return zod.object({});
        },
        output: (zod) => zod.object({}),
      },
      action: async () => ({ output: {} }),
    });
    expect(made).toBe(0);
    await Promise.all([
      registry.list(user),
      registry.list(user),
      registry.invoke({ id: 'todo:add', input: {}, credentials: user }),
    ]);
    expect(made).toBe(1);
  });

  it('asks nobody about actions that demand no permission, and once about all others', async () => {
    const { registry, permissions, permissionsRegistry } = createRegistry('DENY');
    const schema = { input: () => undefined, output: () => undefined } as never;
    registry.register({ ...text, name: 'open', schema, action: async () => ({ output: {} }) });
    await registry.list(user);
    expect(permissions.calls).toEqual([]);
    for (const name of ['a', 'b']) {
      registry.register({ ...text, name, schema, visibilityPermission: SEE, action: async () => ({ output: {} }) });
    }
    expect((await registry.list(user)).map(({ id }) => id)).toEqual(['todo:open']);
    expect(permissions.calls).toHaveLength(1);
    expect(permissionsRegistry.permissions).toEqual([SEE, SEE]);
  });

  it('does not take an answer that is missing for permission', async () => {
    const registry = new DefaultActionsRegistryService({
      pluginId: 'todo',
      logger: mockServices.logger(),
      permissions: { authorize: async () => [] },
      permissionsRegistry: mockServices.permissionsRegistry(),
    });
    const schema = { input: () => undefined, output: () => undefined } as never;
    registry.register({ ...text, name: 'a', schema, visibilityPermission: SEE, action: async () => ({ output: {} }) });
    expect(await registry.list(user)).toEqual([]);
  });
});
