import { describe, expect, it } from '@jest/globals';
import { mockServices } from '@bulkhead/backend-test-utils';
import { describeRootSystemMetadataService } from '@bulkhead/backend-test-utils/contracts';
import { createMutableConfig } from '@bulkhead/config';
import { DefaultRootSystemMetadataService } from './default-root-system-metadata-service.ts';

function endpointsOf(...plugins: string[]): { discovery: { endpoints: { target: string; plugins: string[] }[] } } {
  return { discovery: { endpoints: [{ target: 'https://else.example.com/{{pluginId}}', plugins }] } };
}

function create(local: readonly string[], ...elsewhere: string[]) {
  const logger = mockServices.logger();
  const { config, set } = createMutableConfig(endpointsOf(...elsewhere));
  const instance = mockServices.rootInstanceMetadata({
    plugins: local.map((pluginId) => ({ pluginId, modules: [] })),
  });
  return { service: new DefaultRootSystemMetadataService({ config, instance, logger }), set, logger };
}

describeRootSystemMetadataService('DefaultRootSystemMetadataService', ([local, ...elsewhere]) =>
  create([local!], ...elsewhere),
);

describe('getInstalledPlugins', () => {
  it('lists each plugin once, and no wildcard', async () => {
    const { service } = create(['todo', 'digest'], 'digest', 'mail', '*');
    expect(await service.getInstalledPlugins()).toEqual([
      { pluginId: 'todo' },
      { pluginId: 'digest' },
      { pluginId: 'mail' },
    ]);
  });

  it('follows the configuration, as long as that can be used', async () => {
    const { service, set, logger } = create(['todo'], 'mail');
    set(endpointsOf('digest'));
    expect(await service.getInstalledPlugins()).toEqual([{ pluginId: 'todo' }, { pluginId: 'digest' }]);
    set({ discovery: { endpoints: 'text' } });
    expect(await service.getInstalledPlugins()).toEqual([{ pluginId: 'todo' }, { pluginId: 'digest' }]);
    expect(logger.lines).toMatchObject([{ level: 'error' }]);
  });
});
