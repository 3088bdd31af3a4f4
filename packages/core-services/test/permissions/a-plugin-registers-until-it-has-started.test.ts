import { describe, expect, it } from '@jest/globals';
import {
  coreServices,
  createBackendModule,
  createBackendPlugin,
  type Permission,
  type PermissionsRegistryService,
} from '@bulkhead/backend-plugin-api';
import { mockCredentials, startTestBackend } from '@bulkhead/backend-test-utils';
import { permissionsRegistryServiceFactory } from '@bulkhead/core-services/permissions-registry';

const permission = (name: string): Permission => ({ type: 'basic', name, attributes: {} });

describe('permissions of a plugin', () => {
  it('come from its init and from its modules, and not from later', async () => {
    const kept: PermissionsRegistryService[] = [];
    const deps = { registry: coreServices.permissionsRegistry };
    const plugin = createBackendPlugin({
      pluginId: 'todo',
      register: (env) =>
        env.registerInit({
          deps,
          async init({ registry }) {
            kept.push(registry);
            registry.addPermissions([permission('todo.read')]);
          },
        }),
    });
    const module = createBackendModule({
      pluginId: 'todo',
      moduleId: 'audit',
      register: (env) =>
        env.registerInit({ deps, init: async ({ registry }) => registry.addPermissions([permission('audit.read')]) }),
    });
    const backend = await startTestBackend({ features: [plugin, module, permissionsRegistryServiceFactory] });
    const path = '/api/todo/.well-known/backstage/permissions/metadata';
    const { body } = await backend.as(mockCredentials.service()).get(path).expect(200);
    expect(body).toEqual({ permissions: [permission('audit.read'), permission('todo.read')], rules: [] });
    expect(() => kept[0]!.addPermissions([permission('todo.write')])).toThrow(
      expect.objectContaining({ code: 'ERR_PERMISSIONS_REGISTRY_CLOSED' }),
    );
  });

  it('are served under the id that the user has chosen, whatever the plugin calls itself', async () => {
    const plugin = createBackendPlugin({
      pluginId: 'todo',
      register: (env) =>
        env.registerInit({
          deps: { registry: coreServices.permissionsRegistry },
          async init({ registry }) {
            const resourceRef = { pluginId: 'todo', resourceType: 'todo' };
            registry.addResourceType({ resourceRef, permissions: [permission('todo.read')], rules: [] });
          },
        }),
    });
    const backend = await startTestBackend({
      features: [{ feature: plugin, pluginId: 'chores' }, permissionsRegistryServiceFactory],
    });
    const path = '/api/chores/.well-known/backstage/permissions/metadata';
    const { body } = await backend.as(mockCredentials.service()).get(path).expect(200);
    expect(body.permissions).toEqual([permission('todo.read')]);
  });
});
