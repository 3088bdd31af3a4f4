import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { translateBackstageFeature } from './feature.ts';

const ref = { $$type: '@backstage/ServiceRef', id: 'a.service', scope: 'plugin', multiton: false, T: null };
const point = { $$type: '@backstage/ExtensionPoint', id: 'a.point', T: null };
const mark = { $$type: '@backstage/BackendFeature', version: 'v1' };
const func = async (): Promise<void> => {};

const registration = {
  type: 'module-v1.1',
  pluginId: 'p',
  moduleId: 'm',
  extensionPoints: [{ extensionPoint: point, factory: () => ({}) }],
  connections: [{ type: 'aws', required: true, description: 'for tests' }],
  init: { deps: { ref, point }, func },
};

/** One valid feature of each kind; registrations are data here, so that all of it can be broken. */
const valid: Readonly<Record<string, object>> = {
  service: { ...mark, featureType: 'service', service: ref, deps: { ref }, createRootContext: func, factory: func },
  loader: { ...mark, featureType: 'loader', description: 'created here', deps: { ref }, loader: () => [] },
  module: { ...mark, featureType: 'registrations', registrations: [registration] },
  old: {
    ...mark,
    featureType: 'registrations',
    registrations: [{ ...registration, type: 'plugin', extensionPoints: [[point, {}]] }],
  },
};

/** The object with another value at a path; what lies on the way is copied. */
function put(target: unknown, [first, ...rest]: readonly string[], value: unknown): unknown {
  if (first === undefined) return value;
  if (Array.isArray(target))
    return target.map((each, index) => (String(index) === first ? put(each, rest, value) : each));
  return { ...(target as object), [first]: put((target as Record<string, unknown>)[first], rest, value) };
}

function pathsOf(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return [[]];
  const below = Object.entries(value).flatMap(([name, each]) => pathsOf(each).map((path) => [name, ...path]));
  return [[], ...below];
}

function toFeature({ registrations, ...feature }: Record<string, unknown>): object {
  return registrations === undefined ? feature : { ...feature, getRegistrations: () => registrations };
}

describe('translateBackstageFeature', () => {
  it.each(Object.keys(valid))('translates a valid %s', (kind) => {
    const [translated] = translateBackstageFeature(toFeature(valid[kind] as never));
    expect(translated).toMatchObject({ $$type: '@bulkhead/BackendFeature' });
  });

  it('never throws: what is broken anywhere is told with a path, or does not matter', () => {
    const kinds = fc.constantFrom(...Object.keys(valid));
    const broken = kinds.chain((kind) =>
      fc.record({
        kind: fc.constant(kind),
        path: fc.constantFrom(...pathsOf(valid[kind]).filter((path) => path.length > 0)),
        value: fc.oneof(fc.anything(), fc.constant(undefined), fc.constant([null])),
      }),
    );
    fc.assert(
      fc.property(broken, ({ kind, path, value }) => {
        for (const each of translateBackstageFeature(toFeature(put(valid[kind], path, value) as never))) {
          if (each.type !== 'fault') expect(each).toMatchObject({ $$type: '@bulkhead/BackendFeature' });
          else expect(each.fault).toMatch(/ should be | repeats /);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('never throws, whatever carries the mark', () => {
    const fields = fc.dictionary(
      fc.constantFrom('version', 'featureType', 'service', 'deps', 'factory', 'loader', 'getRegistrations', 'pluginId'),
      fc.oneof(fc.anything(), fc.constantFrom('v1', 'service', 'loader', 'registrations'), fc.func(fc.anything())),
    );
    fc.assert(
      fc.property(fields, (feature) => {
        expect(Array.isArray(translateBackstageFeature({ $$type: mark.$$type, ...feature }))).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('names a broken field wherever it is', () => {
    const said = (kind: string, path: readonly string[]) => {
      const [translated] = translateBackstageFeature(toFeature(put(valid[kind], path, Symbol('odd')) as never));
      return translated?.type === 'fault' ? translated.path?.join('.') : undefined;
    };
    expect(said('service', ['deps', 'ref', 'id'])).toBe('deps.ref.id');
    expect(said('module', ['registrations', '0', 'init', 'deps', 'point', 'id'])).toBe(
      'getRegistrations().[0].init.deps.point.id',
    );
    expect(said('old', ['registrations', '0', 'extensionPoints', '0', '0', 'id'])).toBe(
      'getRegistrations().[0].extensionPoints.[0].[0].id',
    );
    expect(said('loader', ['description'])).toBe('description');
  });
});
