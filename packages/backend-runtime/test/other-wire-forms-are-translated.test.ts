import { describe, expect, it } from '@jest/globals';
import { createServiceRef, type ServiceRef } from '@bulkhead/backend-plugin-api';
import { BulkheadError } from '@bulkhead/errors';
import type { FeatureProtocol, FeatureRef } from '../src/index.ts';
import { backendOf, plugin, problemsOf } from './fixtures/features.ts';

/** A wire form that nobody speaks: `{ says: 'p' }` is a plugin. */
function protocol(loads: string[] = []): FeatureProtocol {
  return {
    features: ['@acme/BackendFeature'],
    refs: ['@acme/ServiceRef'],
    async load() {
      loads.push('loaded');
      return {
        translateFeature: (feature) => [plugin((feature as { says: string }).says)],
        translateRef: (ref) => createServiceRef<string>({ id: (ref as FeatureRef).id, defaultFactory }),
      };
    },
  };
}

const defaultFactory = async (service: ServiceRef<string, 'plugin'>) =>
  ({ $$type: '@bulkhead/BackendFeature', type: 'service', service, deps: {}, factory: async () => 'made' }) as const;

const foreign = (says: string) => ({ $$type: '@acme/BackendFeature', says }) as const;

describe('a host that takes another wire form', () => {
  it('loads what translates it with the first feature, once, and not for others', async () => {
    const loads: string[] = [];
    const protocols = [protocol(loads)];
    const native = backendOf([plugin('p')], { protocols });
    await native.start();
    await native.stop();
    expect(loads).toEqual([]);

    const mixed = backendOf([plugin('p'), foreign('q'), foreign('r')], { protocols });
    expect((await mixed.plan()).plugins.map(({ pluginId }) => pluginId)).toEqual(['p', 'q', 'r']);
    await mixed.stop();
    expect(loads).toEqual(['loaded']);
  });

  it('loads it for the foreign name of a service, too, and uses what the name brings', async () => {
    let seen: unknown;
    const named = { $$type: '@acme/ServiceRef', id: 'a.service', scope: 'plugin', T: '' } as const;
    const backend = backendOf([plugin('p', { deps: { named }, init: (deps) => (seen = deps.named) })], {
      protocols: [protocol()],
    });
    await backend.start();
    await backend.stop();
    expect(seen).toBe('made');
  });

  it('refuses features of wire forms that it does not take', async () => {
    expect(await problemsOf(backendOf([foreign('p')]))).toMatchObject([
      { code: 'ERR_RUNTIME_INVALID_FEATURE', message: expect.stringContaining('but is "@acme/BackendFeature"') },
    ]);
  });

  it('names once what is missing when the translator cannot be loaded', async () => {
    const broken: FeatureProtocol = {
      ...protocol(),
      async load() {
        throw new BulkheadError('ERR_ACME', 'It is not installed', { hint: 'Install it.' });
      },
    };
    const named = plugin('p', {
      deps: { named: { $$type: '@acme/ServiceRef', id: 'a', scope: 'plugin', T: '' } as const },
    });
    expect(await problemsOf(backendOf([foreign('q'), named], { protocols: [broken] }))).toMatchObject([
      {
        code: 'ERR_RUNTIME_PROTOCOL_UNAVAILABLE',
        message:
          'Feature 1 in the order of backend.add() could not be translated: It is not installed (and so for 1 more feature)',
        hint: 'Install it.',
      },
    ]);
  });

  it('survives a translator that throws', async () => {
    const throwing: FeatureProtocol = {
      ...protocol(),
      load: async () => ({
        translateFeature() {
          throw new TypeError('out of order');
        },
        translateRef: (ref) => ref as FeatureRef,
      }),
    };
    expect(await problemsOf(backendOf([foreign('q')], { protocols: [throwing] }))).toMatchObject([
      { code: 'ERR_RUNTIME_INVALID_FEATURE', message: expect.stringContaining('it cannot be read: out of order') },
    ]);
  });
});
