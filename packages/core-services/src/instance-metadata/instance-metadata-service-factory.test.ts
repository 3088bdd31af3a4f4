import { expect, it } from '@jest/globals';
import { createServiceTester, mockServices } from '@bulkhead/backend-test-utils';
import { instanceMetadataServiceFactory } from './instance-metadata-service-factory.ts';

it('lists plugins and modules in one row, for older plugins', async () => {
  const plugins = [
    { pluginId: 'todo', modules: [{ moduleId: 'audit' }, { moduleId: 'mail' }] },
    { pluginId: 'notes', modules: [] },
  ];
  const services = { rootInstanceMetadata: mockServices.rootInstanceMetadata({ plugins }) };
  const tester = createServiceTester(instanceMetadataServiceFactory, { services });
  expect(instanceMetadataServiceFactory.service.id).toBe('core.instanceMetadata');
  const features = (await tester.get()).getInstalledFeatures();
  expect(features).toEqual([
    { type: 'plugin', pluginId: 'todo' },
    { type: 'module', pluginId: 'todo', moduleId: 'audit' },
    { type: 'module', pluginId: 'todo', moduleId: 'mail' },
    { type: 'plugin', pluginId: 'notes' },
  ]);
  expect([features, ...features].every((each) => Object.isFrozen(each))).toBe(true);
  expect((await tester.get('other')).getInstalledFeatures()).toBe(features);
});
