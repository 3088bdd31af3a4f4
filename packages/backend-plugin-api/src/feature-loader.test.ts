import { describe, expect, it } from '@jest/globals';
import { coreServices } from './core-services.ts';
import { createBackendFeatureLoader, type LoadedFeatures } from './feature-loader.ts';
import { createBackendModule } from './module.ts';
import { createBackendPlugin } from './plugin.ts';

const plugin = createBackendPlugin({ pluginId: 'todo', register() {} });
const module = createBackendModule({ pluginId: 'todo', moduleId: 'audit', register() {} });

describe('createBackendFeatureLoader', () => {
  it('loader: shape and call-site description', () => {
    const loader = createBackendFeatureLoader({ deps: { config: coreServices.rootConfig }, loader: () => [] });
    expect(loader).toEqual({
      $$type: '@bulkhead/BackendFeature',
      type: 'loader',
      description: expect.stringMatching(/^loader created at .*feature-loader\.test\.ts:\d+:\d+$/),
      deps: { config: coreServices.rootConfig },
      load: expect.any(Function),
    });
  });

  it('hands its dependencies to the loader', async () => {
    const seen: unknown[] = [];
    const loader = createBackendFeatureLoader({
      deps: { config: coreServices.rootConfig },
      loader(deps) {
        seen.push(deps);
      },
    });
    const deps = { config: {} };
    expect(await loader.load(deps)).toEqual([]);
    expect(seen).toEqual([deps]);
  });

  it('loader: mixes features and promised modules', async () => {
    const imported = Promise.resolve({ default: module });
    const loader = createBackendFeatureLoader({ loader: () => [plugin, imported, { default: plugin }] });
    expect(await loader.load({})).toEqual([plugin, imported, { default: plugin }]);
  });

  const features = [plugin, module];
  const forms: readonly (readonly [string, () => LoadedFeatures])[] = [
    ['array', () => features],
    ['promised array', async () => features],
    ['set', () => new Set(features)],
    ['promised set', async () => new Set(features)],
    ['generator', () => generate()],
    ['promised generator', async () => generate()],
    ['async generator', () => generateAsync()],
    ['promised async generator', async () => generateAsync()],
  ];
  it.each(forms)('loader: eight return forms equal (%s)', async (_form, loader) => {
    expect(await createBackendFeatureLoader({ loader }).load({})).toEqual(features);
  });

  it('rejects when the loader throws', async () => {
    const failure = new TypeError('no');
    const loader = createBackendFeatureLoader({
      loader() {
        throw failure;
      },
    });
    await expect(loader.load({})).rejects.toBe(failure);
  });
});

function* generate() {
  yield plugin;
  yield module;
}

async function* generateAsync() {
  yield plugin;
  yield module;
}
