import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { HeaderLines, type HeaderValue } from './header-lines.ts';
import { HeaderText, type CommonHeaders } from './header-text.ts';
import { IdentifiedHeaders } from './identified-headers.ts';

const TEXT = new HeaderText([...'abc'].map((name) => [`x-${name}`, '2']));
const COMMON: readonly CommonHeaders[] = [new HeaderText([['X-A', '1']]), TEXT, new IdentifiedHeaders(TEXT, 'id')];

const names = fc.constantFrom('x-a', 'X-A', 'x-B', 'X-c', 'x-d', 'X-Request-Id');
const values = fc.oneof(fc.constantFrom('v', 'w'), fc.constant(['a', 'b']));
const operations = fc.oneof(
  fc.record({ type: fc.constant('set' as const), name: names, value: values }),
  fc.record({ type: fc.constant('append' as const), name: names, value: values }),
  fc.record({ type: fc.constant('remove' as const), name: names }),
  fc.record({ type: fc.constant('common' as const), which: fc.nat(COMMON.length - 1) }),
  fc.record({ type: fc.constant('replace' as const), given: fc.array(fc.tuple(names, values)) }),
);

/** What the headers would be if each had been set, by name in lower case. */
type Model = Map<string, HeaderValue>;

function apply(
  headers: HeaderLines,
  model: Model,
  operation: typeof operations extends fc.Arbitrary<infer T> ? T : never,
) {
  if (operation.type === 'common') {
    const common = COMMON[operation.which]!;
    headers.addCommon(common);
    common.keys.forEach((key) => model.set(key, common.get(key)!));
    return;
  }
  if (operation.type === 'replace') {
    headers.replace(operation.given.flat(1));
    operation.given.forEach(([name]) => model.delete(name.toLowerCase()));
    operation.given.forEach(([name, value]) => add(model, name.toLowerCase(), value));
    return;
  }
  const key = operation.name.toLowerCase();
  if (operation.type === 'remove') {
    headers.remove(operation.name);
    model.delete(key);
  } else if (operation.type === 'set' || !model.has(key)) {
    headers[operation.type](operation.name, operation.value);
    model.set(key, operation.value);
  } else {
    headers.append(operation.name, operation.value);
    add(model, key, operation.value);
  }
}

function add(model: Model, key: string, value: HeaderValue): void {
  model.set(key, model.has(key) ? ([model.get(key)!, value].flat() as string[]) : value);
}

describe('HeaderLines', () => {
  it('are what was set, each header once, whether it is common to others or not', () => {
    fc.assert(
      fc.property(fc.array(operations), (all) => {
        const headers = new HeaderLines();
        const model: Model = new Map();
        all.forEach((operation) => apply(headers, model, operation));
        const own = headers.lines.filter((_, index) => index % 2 === 0).map((name) => String(name).toLowerCase());
        expect(Object.fromEntries(headers.keys.map((key) => [key, headers.get(key)]))).toEqual(
          Object.fromEntries(model),
        );
        expect([...headers.common.keys, ...own]).toEqual([...headers.keys]);
        expect(new Set(headers.keys).size).toBe(headers.keys.length);
        const text = headers.common.keys.map((key) => `${key}: ${headers.common.get(key)}`);
        expect(headers.common.text.toLowerCase().split('\r\n').filter(Boolean)).toEqual(text);
      }),
    );
  });

  it('take the place of others in a list, apart from what they were before', () => {
    const given = fc.array(fc.tuple(names, values)).map((headers) => headers.flat(1));
    fc.assert(
      fc.property(fc.array(operations), given, (all, lines) => {
        const headers = new HeaderLines();
        all.forEach((operation) => apply(headers, new Map(), operation));
        const before = [...headers.allLines];
        const replaced = headers.copy();
        replaced.replace(lines);
        const joined = headers.with(lines);
        expect(joined.allLines).toEqual(replaced.allLines);
        expect(joined.keys).toEqual(replaced.keys);
        expect(headers.allLines).toEqual(before);
      }),
    );
  });
});
