import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { JsonObject, JsonValue } from '@bulkhead/types';
import { locate, sourceOf, toPlainObject, type LocatedNode, type LocatedObject } from './located-tree.ts';
import { mergeTrees } from './merge.ts';

function located(value: JsonValue, file: string): LocatedNode {
  const source = { file };
  if (Array.isArray(value)) {
    return { type: 'list', items: value.map((item) => located(item, file)), source };
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(
      ([key, inner]) => [key, { keySource: source, node: located(inner!, file) }] as const,
    );
    return { type: 'object', entries: new Map(entries), source };
  }
  return { type: 'scalar', value, source };
}

function merge(...layers: readonly JsonObject[]): LocatedObject {
  return layers
    .map((layer, index) => located(layer, `layer ${index}`) as LocatedObject)
    .reduce((lower, upper) => mergeTrees(lower, upper));
}

const plain = (...layers: readonly JsonObject[]): JsonObject => toPlainObject(merge(...layers));

const key = fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor');
const { node } = fc.letrec<{ node: JsonValue }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3 },
    fc.integer(),
    fc.boolean(),
    fc.array(fc.integer(), { maxLength: 2 }),
    fc.dictionary(key, tie('node'), { noNullPrototype: true }),
  ),
}));
const tree = fc.dictionary(key, node, { noNullPrototype: true }) as fc.Arbitrary<JsonObject>;

describe('mergeTrees', () => {
  it('merges objects and replaces anything else', () => {
    expect(plain({ a: { x: 1, y: 2 }, l: [1, 2], s: 'low' }, { a: { y: 3, z: 4 }, l: [3], s: { t: 1 } })).toEqual({
      a: { x: 1, y: 3, z: 4 },
      l: [3],
      s: { t: 1 },
    });
  });

  it('removes by null, and a later layer may set again', () => {
    expect(plain({ a: { x: 1 }, b: 1 }, { a: null, b: null })).toEqual({});
    expect(plain({ a: { x: 1 } }, { a: null }, { a: { y: 2 } })).toEqual({ a: { y: 2 } });
    expect(plain({}, { a: { x: null, y: 1 } })).toEqual({ a: { y: 1 } });
  });

  it('remembers where each value comes from', () => {
    const merged = merge({ a: { x: 1, y: 2 } }, { a: { y: 3 } });
    expect(sourceOf(merged, ['a', 'x'])).toEqual({ file: 'layer 0' });
    expect(sourceOf(merged, ['a', 'y'])).toEqual({ file: 'layer 1' });
    expect(sourceOf(merged, ['a', 'z'])).toBeUndefined();
    expect(locate(merged, ['a', 'y', 'z'])).toBeUndefined();
  });

  it('changes nothing when laid over itself or over nothing', () => {
    fc.assert(
      fc.property(tree, (layer) => {
        expect(plain(layer, layer)).toEqual(layer);
        expect(plain({}, layer)).toEqual(layer);
        expect(plain(layer, {})).toEqual(layer);
      }),
    );
  });

  it('keeps all that the uppermost layer says, and what it does not speak of', () => {
    const keepsAll = (result: unknown, upper: unknown): void => {
      if (typeof upper === 'object' && upper !== null && !Array.isArray(upper)) {
        for (const [name, value] of Object.entries(upper)) {
          keepsAll(Object.entries(result as object).find(([key]) => key === name)?.[1], value);
        }
      } else {
        expect(result).toEqual(upper);
      }
    };
    fc.assert(
      fc.property(tree, tree, (lower, upper) => {
        const result = plain(lower, upper);
        keepsAll(result, upper);
        const untouched = Object.entries(lower).filter(([name]) => !Object.hasOwn(upper, name));
        keepsAll(result, Object.fromEntries(untouched));
      }),
    );
  });

  it('does not touch its layers, nor the prototype of all objects', () => {
    const lower = { a: { x: 1 } };
    plain(lower, JSON.parse('{"__proto__": {"polluted": true}, "a": {"x": 2}}') as JsonObject);
    expect(lower).toEqual({ a: { x: 1 } });
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});
