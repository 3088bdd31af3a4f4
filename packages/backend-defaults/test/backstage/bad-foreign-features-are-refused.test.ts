import { describe, expect, it } from '@jest/globals';
import { backendOf, continueAll, problemsOf, running } from './fixtures/backend.ts';
import {
  offer,
  pluginRegistration,
  registering,
  wireFactory,
  wireLoader,
  wirePlugin,
  wirePoint,
  wireRef,
} from './fixtures/wire.ts';

const mark = { $$type: '@backstage/BackendFeature', version: 'v1' };
const point = wirePoint('p.point');

/** The code and what is said after the place, for one feature by itself. */
async function refusal(feature: unknown): Promise<unknown[]> {
  const problems = await problemsOf(backendOf([feature]));
  return problems.map(({ code, message, path }) => [code, message.replace(/^.*?: /, ''), path?.join(' ')]);
}

describe('a feature that is none', () => {
  const INVALID = 'ERR_RUNTIME_INVALID_FEATURE';
  const UNSUPPORTED = 'ERR_RUNTIME_UNSUPPORTED_FEATURE';

  it.each([
    [{ ...mark, version: 'v2' }, UNSUPPORTED, '\'version\' should be "v1", but is "v2"', 'version'],
    [{ ...mark, version: undefined }, INVALID, '\'version\' should be "v1", but is missing', 'version'],
    [
      { ...mark, featureType: 'gadget' },
      UNSUPPORTED,
      '\'featureType\' should be "service" or "registrations" or "loader", but is "gadget"',
      'featureType',
    ],
    [
      mark,
      INVALID,
      '\'featureType\' should be "service" or "registrations" or "loader", but is missing',
      'featureType',
    ],
    [
      { ...mark, featureType: 'registrations' },
      INVALID,
      "'getRegistrations' should be a function, but is missing",
      'getRegistrations',
    ],
    [registering(() => 7), INVALID, "'getRegistrations()' should be an array, but is 7", 'getRegistrations()'],
    [
      registering(() => [null]),
      INVALID,
      "'getRegistrations()[0]' should be an object, but is null",
      'getRegistrations() [0]',
    ],
    [{ ...mark, featureType: 'loader' }, INVALID, "'loader' should be a function, but is missing", 'loader'],
    [
      wireLoader(() => [], { x: { id: 'x' } }),
      INVALID,
      '\'deps.x.scope\' should be "plugin" or "root", but is missing',
      'deps x scope',
    ],
    [wireFactory({ id: 7 }, {}, () => {}), INVALID, "'service.id' should be a string, but is 7", 'service id'],
    [
      wireFactory(wireRef('a'), { b: null as never }, () => {}),
      INVALID,
      "'deps.b' should be an object, but is null",
      'deps b',
    ],
    [
      wireFactory(wireRef('a'), {}, () => {}, { factory: 'none' }),
      INVALID,
      '\'factory\' should be a function, but is "none"',
      'factory',
    ],
    [
      wireFactory(wireRef('a'), {}, () => {}, { initialization: 'sometimes' }),
      INVALID,
      '\'initialization\' should be "always" or "lazy", but is "sometimes"',
      'initialization',
    ],
    [
      Object.assign(() => ({ id: 'something' }), { $$type: '@backstage/BackendFeatureFactory' }),
      INVALID,
      '\'().$$type\' should be "@backstage/BackendFeature", but is missing',
      '() $$type',
    ],
    [{ $$type: '@backstage/BackendFeatureFactory' }, INVALID, 'it should be a function, but is an object', undefined],
  ])('is refused with the field: %#', async (feature, code, fault, path) => {
    expect(await refusal(feature)).toEqual([[code, fault, path]]);
  });

  it('cannot break the intake by throwing when it is looked at', async () => {
    const hostile = Object.defineProperty({ ...mark }, 'featureType', {
      get() {
        throw new TypeError('do not look');
      },
    });
    expect(await problemsOf(backendOf([hostile]))).toMatchObject([
      { code: 'ERR_RUNTIME_INVALID_FEATURE', message: expect.stringContaining('cannot be read: do not look') },
    ]);
  });
});

describe('a registration that is half valid', () => {
  const valid = pluginRegistration('p') as Record<string, unknown>;
  const init = { deps: {}, func: () => {} };

  it.each([
    [{ ...valid, extensionPoints: undefined }, "'extensionPoints' should be an array, but is missing"],
    [{ ...valid, extensionPoints: [[point, {}]] }, "'extensionPoints[0]' should be an object, but is an array"],
    [
      { ...valid, extensionPoints: [{ extensionPoint: point }] },
      "'extensionPoints[0].factory' should be a function, but is missing",
    ],
    [
      { ...valid, extensionPoints: [offer({ ...point, id: null }, () => {})] },
      "'extensionPoints[0].extensionPoint.id' should be a string, but is null",
    ],
    [
      { ...valid, type: 'plugin', extensionPoints: [{}] },
      "'extensionPoints[0]' should be an array of 2, but is an object",
    ],
    [
      { ...valid, type: 'plugin', extensionPoints: [[{}, 1]] },
      "'extensionPoints[0][0].id' should be a string, but is missing",
    ],
    [{ ...valid, connections: {} }, "'connections' should be an array, but is an object"],
    [
      { ...valid, connections: [{ type: 'aws', required: 'yes' }] },
      '\'connections[0].required\' should be a boolean, but is "yes"',
    ],
    [{ ...valid, init: undefined }, "'init' should be an object, but is missing"],
    [{ ...valid, init: { ...init, func: undefined } }, "'init.func' should be a function, but is missing"],
    [{ ...valid, init: { ...init, deps: [] } }, "'init.deps' should be an object, but is an array"],
    [
      { ...valid, init: { ...init, deps: { x: { id: 'x', scope: 'world' } } } },
      '\'init.deps.x.scope\' should be "plugin" or "root", but is "world"',
    ],
    [
      { ...valid, init: { ...init, deps: { x: { $$type: '@backstage/ExtensionPoint' } } } },
      "'init.deps.x.id' should be a string, but is missing",
    ],
  ])('is charged to its plugin, with the field: %#', async (registration, fault) => {
    const place = `'getRegistrations()[0].`;
    expect(await problemsOf(backendOf([registering(() => [registration])]))).toMatchObject([
      {
        code: 'ERR_RUNTIME_INVALID_REGISTRATION',
        message: `The registration of plugin 'p' is malformed: ${place}${fault.slice(1)}`,
        pluginId: 'p',
        hint: expect.stringContaining('@backstage/backend-plugin-api'),
      },
    ]);
  });

  it('is charged to its module', async () => {
    const half = { ...valid, type: 'module-v1.1', moduleId: 'm', init: {} };
    expect(await problemsOf(backendOf([registering(() => [half]), wirePlugin('p')]))).toMatchObject([
      { code: 'ERR_RUNTIME_INVALID_REGISTRATION', pluginId: 'p', moduleId: 'm' },
    ]);
    const nameless = { ...valid, type: 'module-v1.1' };
    expect(await problemsOf(backendOf([registering(() => [nameless])]))).toMatchObject([
      { message: expect.stringContaining("'getRegistrations()[0].moduleId' should be a string, but is missing") },
    ]);
  });

  it('of a later generation is told apart, and charged to the plugin', async () => {
    const later = registering(() => [{ ...valid, type: 'plugin-v2' }]);
    expect(await problemsOf(backendOf([later]))).toMatchObject([
      {
        code: 'ERR_RUNTIME_UNSUPPORTED_FEATURE',
        message: expect.stringMatching(/^Plugin 'p' has a wire form .*"module-v1\.1", but is "plugin-v2"$/),
        hint: 'Update @bulkhead/backstage-interop, or install an older version of the package.',
        pluginId: 'p',
        path: ['getRegistrations()', '[0]', 'type'],
      },
    ]);
  });

  it('does not take down what else a feature registers, if the policy says so', async () => {
    const events: string[] = [];
    const mixed = registering(() => [
      { ...valid, init: {} },
      pluginRegistration('q', { init: () => events.push('q') }),
    ]);
    await running(backendOf([mixed, wirePlugin('r', { init: () => events.push('r') })], { config: continueAll }));
    expect(events.toSorted()).toEqual(['q', 'r']);
  });
});

describe('a register that throws', () => {
  const failing = registering(() => {
    throw new TypeError('no luck');
  });

  it('is a problem of nobody where no id is known', async () => {
    expect(await problemsOf(backendOf([failing], { config: continueAll }))).toMatchObject([
      {
        code: 'ERR_RUNTIME_REGISTER_FAILED',
        message: 'The registration of feature 1 in the order of backend.add() failed: no luck',
        cause: new TypeError('no luck'),
      },
    ]);
  });

  it('is charged to the id under which it is installed', async () => {
    const started: string[] = [];
    const backend = backendOf([wirePlugin('q', { init: () => started.push('q') })], { config: continueAll });
    backend.add(failing, { pluginId: 'p' });
    expect((await backend.plan()).leftOut).toMatchObject([
      { pluginId: 'p', problems: [{ code: 'ERR_RUNTIME_REGISTER_FAILED' }] },
    ]);
    await running(backend);
    expect(started).toEqual(['q']);
  });

  it('is charged to the plugin that the manifest of its package names', async () => {
    const acme = { name: '@acme/plugin-p-backend', version: '1.2.3', pluginId: 'p' };
    const packages = {
      ofFeature: (feature: unknown) => (feature === failing ? acme : undefined),
      ofServiceRef: () => undefined,
    };
    expect(await problemsOf(backendOf([failing], { packages }))).toMatchObject([
      {
        code: 'ERR_RUNTIME_REGISTER_FAILED',
        message: "The registration of plugin 'p' [@acme/plugin-p-backend 1.2.3] failed: no luck",
        pluginId: 'p',
        package: { name: '@acme/plugin-p-backend', version: '1.2.3' },
      },
    ]);
    await running(backendOf([failing], { packages, config: continueAll }));
  });

  it('is also an older function that makes the feature', async () => {
    const factory = Object.assign(
      () => {
        throw new TypeError('no luck');
      },
      { $$type: '@backstage/BackendFeatureFactory' },
    );
    expect(await problemsOf(backendOf([factory]))).toMatchObject([{ code: 'ERR_RUNTIME_REGISTER_FAILED' }]);
  });
});
