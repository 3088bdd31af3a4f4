import { describe, expect, it } from '@jest/globals';
import { mockServices } from '@bulkhead/backend-test-utils';
import { describeRootSystemMetadataService } from '@bulkhead/backend-test-utils/contracts';
import { DefaultRootSystemMetadataService } from './default-root-system-metadata-service.ts';

function create(local: readonly string[], ...elsewhere: string[]) {
  const instance = mockServices.rootInstanceMetadata({
    plugins: local.map((pluginId) => ({ pluginId, modules: [] })),
  });
  const topology = { getPluginIds: () => elsewhere };
  return { service: new DefaultRootSystemMetadataService({ instance, topology }), elsewhere };
}

describeRootSystemMetadataService('DefaultRootSystemMetadataService', ([local, ...elsewhere]) =>
  create([local!], ...elsewhere),
);

describe('getInstalledPlugins', () => {
  it('lists each plugin once', async () => {
    const { service } = create(['todo', 'digest'], 'digest', 'mail');
    expect(await service.getInstalledPlugins()).toEqual([
      { pluginId: 'todo' },
      { pluginId: 'digest' },
      { pluginId: 'mail' },
    ]);
  });

  it('follows the topology', async () => {
    const { service, elsewhere } = create(['todo'], 'mail');
    elsewhere.splice(0, 1, 'digest');
    expect(await service.getInstalledPlugins()).toEqual([{ pluginId: 'todo' }, { pluginId: 'digest' }]);
  });
});
