import { describe, expect, it } from '@jest/globals';
import type {
  InstalledPlugin,
  PluginMetadataService,
  RootInstanceMetadataService,
  RootSystemMetadataService,
} from '@bulkhead/backend-plugin-api';
import type { MaybePromise } from '@bulkhead/types';
import { subjectPerTest, type ContractSubject } from './subject.ts';

/** Contract of {@link PluginMetadataService}. */
export function describePluginMetadataService(
  name: string,
  create: (pluginId: string) => MaybePromise<ContractSubject<PluginMetadataService>>,
): void {
  describe(`${name} as a PluginMetadataService`, () => {
    const subject = subjectPerTest(() => create('todo'));

    it('gives the id under which the plugin is installed', () => {
      expect(subject().service.getId()).toBe('todo');
    });
  });
}

/** Contract of {@link RootInstanceMetadataService}; `create` installs what it is given. */
export function describeRootInstanceMetadataService(
  name: string,
  create: (installed: readonly InstalledPlugin[]) => MaybePromise<ContractSubject<RootInstanceMetadataService>>,
): void {
  describe(`${name} as a RootInstanceMetadataService`, () => {
    const installed = [
      { pluginId: 'todo', modules: [{ moduleId: 'audit' }, { moduleId: 'mail' }] },
      { pluginId: 'notes', modules: [] },
    ];
    const subject = subjectPerTest(() => create(installed));

    it('lists plugins with their modules', async () => {
      expect(await subject().service.getInstalledPlugins()).toEqual(installed);
    });

    it('gives what nobody can alter', async () => {
      const plugins = await subject().service.getInstalledPlugins();
      const parts = [
        plugins,
        ...plugins,
        ...plugins.map(({ modules }) => modules),
        ...plugins.flatMap((p) => p.modules),
      ];
      expect(parts.every((part) => Object.isFrozen(part))).toBe(true);
    });
  });
}

/** Contract of {@link RootSystemMetadataService}; `create` makes a deployment of the given plugins. */
export function describeRootSystemMetadataService(
  name: string,
  create: (pluginIds: readonly string[]) => MaybePromise<ContractSubject<RootSystemMetadataService>>,
): void {
  describe(`${name} as a RootSystemMetadataService`, () => {
    const subject = subjectPerTest(() => create(['todo', 'notes']));

    it('lists the plugins of the deployment', async () => {
      const plugins = await subject().service.getInstalledPlugins();
      expect(plugins.map(({ pluginId }) => pluginId).sort()).toEqual(['notes', 'todo']);
    });
  });
}
