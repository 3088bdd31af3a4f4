import { describe, expect, it } from '@jest/globals';
import {
  createBackendFeatureLoader,
  createBackendModule,
  createBackendPlugin,
  createExtensionPoint,
  createServiceFactory,
  createServiceRef,
  type AnyServiceRef,
} from '@bulkhead/backend-plugin-api';
import fc from 'fast-check';
import { backendOf } from './fixtures/backend.ts';
import { offer, wireFactory, wireLoader, wireModule, wirePlugin, wirePoint, wireRef } from './fixtures/wire.ts';

/** Who makes something: neither the graph nor what is wrong with it depends on that. */
type Kind = 'native' | 'foreign';

interface ServiceSpec {
  readonly id: string;
  readonly scope: 'plugin' | 'root';
  readonly deps: readonly string[];
  readonly how: 'added' | 'loaded' | 'missing';
  readonly kind: Kind;
}

interface FeatureSpec {
  readonly id: string;
  /** A module of the plugin with this id. */
  readonly of?: string;
  readonly deps: readonly string[];
  readonly uses?: string;
  readonly offers?: string;
  readonly kind: Kind;
}

interface Graph {
  readonly services: readonly ServiceSpec[];
  readonly features: readonly FeatureSpec[];
}

const serviceIds = ['s0', 's1', 's2', 's3', 's4', 's5'];
const pluginIds = ['p0', 'p1', 'p2'];
const pointIds = ['x0', 'x1', 'x2'];

const kind = fc.constantFrom<Kind>('native', 'foreign');
const someServices = fc.subarray(serviceIds, { maxLength: 2 });

const graphs: fc.Arbitrary<Graph> = fc.record({
  services: fc.tuple(
    ...serviceIds.map((id) =>
      fc.record({
        id: fc.constant(id),
        scope: fc.constantFrom('plugin' as const, 'root' as const),
        deps: someServices,
        how: fc.constantFrom('added' as const, 'loaded' as const, 'added' as const, 'missing' as const),
        kind,
      }),
    ),
  ),
  features: fc.array(
    fc.record(
      {
        id: fc.constantFrom(...pluginIds),
        of: fc.constantFrom(...pluginIds),
        deps: someServices,
        uses: fc.constantFrom(...pointIds),
        offers: fc.constantFrom(...pointIds),
        kind,
      },
      { requiredKeys: ['id', 'deps', 'kind'] },
    ),
    { maxLength: 6 },
  ),
});

function featuresOf({ services, features }: Graph): unknown[] {
  const scopes = new Map(services.map(({ id, scope }) => [id, scope]));
  const made = services
    .filter(({ how }) => how !== 'missing')
    .map((spec) => ({
      spec,
      factory: spec.kind === 'native' ? nativeService(spec, scopes) : foreignService(spec, scopes),
    }));
  return [
    ...made.filter(({ spec }) => spec.how === 'added').map(({ factory }) => factory),
    ...features.map((spec) => (spec.kind === 'native' ? nativeFeature(spec, scopes) : foreignFeature(spec, scopes))),
    // One loader of each kind, which yields factories of both.
    ...(['native', 'foreign'] as const).map((loaderKind, parity) => {
      const loaded = made.filter(({ spec }, index) => spec.how === 'loaded' && index % 2 === parity);
      const load = () => loaded.map(({ factory }) => factory as never);
      return loaderKind === 'native' ? createBackendFeatureLoader({ loader: load }) : wireLoader(load);
    }),
  ];
}

type Scopes = ReadonlyMap<string, 'plugin' | 'root'>;

const nativeRef = (id: string, scopes: Scopes): AnyServiceRef =>
  createServiceRef<unknown>({ id, scope: scopes.get(id) as 'plugin' });
const foreignRef = (id: string, scopes: Scopes): object => wireRef(id, { scope: scopes.get(id) });

function named<T>(ids: readonly string[], make: (id: string) => T): Record<string, T> {
  return Object.fromEntries(ids.map((id) => [id, make(id)]));
}

function nativeService({ id, deps }: ServiceSpec, scopes: Scopes): unknown {
  const refs = named(deps, (dep) => nativeRef(dep, scopes));
  return createServiceFactory({ service: nativeRef(id, scopes), deps: refs as never, factory: () => id });
}

function foreignService({ id, deps }: ServiceSpec, scopes: Scopes): unknown {
  return wireFactory(
    foreignRef(id, scopes),
    named(deps, (dep) => foreignRef(dep, scopes)),
    () => id,
  );
}

function nativeFeature({ id, of, deps, uses, offers }: FeatureSpec, scopes: Scopes): unknown {
  const register = (env: Parameters<Parameters<typeof createBackendModule>[0]['register']>[0]): void => {
    if (offers) env.registerExtensionPoint(createExtensionPoint<unknown>({ id: offers }), {});
    const refs = {
      ...named(deps, (dep) => nativeRef(dep, scopes)),
      ...(uses && { uses: createExtensionPoint({ id: uses }) }),
    };
    env.registerInit({ deps: refs, init: async () => {} });
  };
  return of === undefined
    ? createBackendPlugin({ pluginId: id, register })
    : createBackendModule({ pluginId: of, moduleId: id, register });
}

function foreignFeature({ id, of, deps, uses, offers }: FeatureSpec, scopes: Scopes): unknown {
  const parts = {
    deps: { ...named(deps, (dep) => foreignRef(dep, scopes)), ...(uses && { uses: wirePoint(uses) }) },
    offers: offers ? [offer(wirePoint(offers), () => ({}))] : [],
  };
  return of === undefined ? wirePlugin(id, parts) : wireModule(of, id, parts);
}

/** What is planned, or what is wrong. */
async function outcomeOf(graph: Graph): Promise<unknown> {
  const backend = backendOf(featuresOf(graph));
  try {
    const plan = await backend.plan();
    const services = plan.services.map(({ id, deps, scope, origin }) => ({ id, deps, scope, origin }));
    const plugins = plan.plugins.map(({ pluginId, services: needs, modules }) => ({
      pluginId,
      needs,
      modules: modules.map(({ moduleId, after, uses }) => ({ moduleId, after, uses })),
    }));
    return { services, plugins, points: plan.extensionPoints };
  } catch (error) {
    const { problems } = error as { problems?: readonly { code: string; message: string; path?: unknown }[] };
    if (!problems) throw error;
    return problems.map(({ code, message, path }) => ({ code, message, path }));
  } finally {
    await backend.stop();
  }
}

const allNative = ({ services, features }: Graph): Graph => ({
  services: services.map((each) => ({ ...each, kind: 'native' })),
  features: features.map((each) => ({ ...each, kind: 'native' })),
});

describe('a graph of native and foreign features', () => {
  it('is planned like the same graph of native ones, or refused for the same problems', async () => {
    const seen = { planned: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(graphs, async (graph) => {
        const outcome = await outcomeOf(graph);
        seen[Array.isArray(outcome) ? 'refused' : 'planned']++;
        expect(outcome).toEqual(await outcomeOf(allNative(graph)));
      }),
      { numRuns: 300 },
    );
    expect(seen.planned).toBeGreaterThan(0);
    expect(seen.refused).toBeGreaterThan(0);
  });
});
