import { describe, expect, it } from '@jest/globals';
import type { HttpRoute } from '@bulkhead/backend-plugin-api';
import fc from 'fast-check';
import { RouteTable } from './route-table.ts';

function route(operationId: string): HttpRoute {
  return { operationId, access: { credentials: 'none', principals: [], cookie: false }, handle: () => {} };
}

/** A table of routes that are named like their templates. */
function tableOf(...templates: readonly string[]): RouteTable {
  const table = new RouteTable();
  for (const template of templates) {
    const [method, path] = template.includes(' ') ? template.split(' ') : ['GET', template];
    table.add(method!, path!, route(template));
  }
  return table;
}

describe('RouteTable', () => {
  it.each<[readonly string[], string, string | undefined, readonly string[]]>([
    [['/'], '/', '/', []],
    [['/todos'], '/todos', '/todos', []],
    [['/todos'], '/todos/', undefined, []],
    [['/todos'], '/Todos', undefined, []],
    [['/todos/'], '/todos/', '/todos/', []],
    [['/todos/{id}'], '/todos/a%2Fb', '/todos/{id}', ['a%2Fb']],
    [['/todos/{id}'], '/todos/', undefined, []],
    [['/todos/{id}'], '/todos/1/', undefined, []],
    [['/todos/{id}', '/todos/mine'], '/todos/mine', '/todos/mine', []],
    [['/a/{x}/c', '/a/b/{y}'], '/a/b/c', '/a/b/{y}', ['c']],
    [['/a/{x}/c', '/a/b/{y}'], '/a/z/c', '/a/{x}/c', ['z']],
    [['/a/{x}/d', '/a/b/{y}/e'], '/a/b/d', '/a/{x}/d', ['b']],
    [['/{x}/{y}', '/{x}/b'], '/a/b', '/{x}/b', ['a']],
    [['/files/{name}.json', '/files/{name}'], '/files/a.b.json', '/files/{name}.json', ['a.b']],
    [['/files/{name}.json', '/files/{name}'], '/files/.json', '/files/{name}', ['.json']],
    [['/f/{a}-{b}', '/f/v{a}-{b}'], '/f/v1-2-3', '/f/v{a}-{b}', ['1', '2-3']],
    [['/f/{a}-{b}', '/f/v{a}-{b}'], '/f/1-', undefined, []],
    [['/{a}:start'], '/x:start', '/{a}:start', ['x']],
    [['/ä[]/{x}'], '/%C3%A4%5B%5D/1', '/ä[]/{x}', ['1']],
    [['/%C3%A4'], '/%C3%A4', '/%C3%A4', []],
    [['/a'], '/__proto__', undefined, []],
    [['/{x}/a'], '/constructor/a', '/{x}/a', ['constructor']],
  ])('of %p finds at %s', (templates, path, expected, values) => {
    const match = tableOf(...templates).find('GET', path);
    expect(match?.route.operationId).toBe(expected);
    expect(match?.pathValues ?? []).toEqual(values);
  });

  it('lets the path decide before the method', () => {
    const table = tableOf('GET /todos/mine', 'DELETE /todos/{id}', 'GET /todos/{id}');
    expect(table.find('DELETE', '/todos/mine')).toBeUndefined();
    expect(table.methodsAt('/todos/mine')).toEqual(['GET', 'HEAD']);
    expect(table.methodsAt('/todos/1')).toEqual(['DELETE', 'GET', 'HEAD']);
    expect(table.methodsAt('/else')).toEqual([]);
  });

  it('answers HEAD by GET unless it has a route of its own', () => {
    const table = tableOf('GET /a', 'GET /b', 'HEAD /b', 'POST /c');
    expect(table.find('HEAD', '/a')?.route.operationId).toBe('GET /a');
    expect(table.find('HEAD', '/b')?.route.operationId).toBe('HEAD /b');
    expect(table.find('HEAD', '/c')).toBeUndefined();
  });

  it('finds what a search through all templates would find', () => {
    const segment = fc.constantFrom('a', 'b', '{p}', '{p}.x', 'v{p}', '{p}-{q}');
    const template = fc.array(segment, { minLength: 1, maxLength: 4 }).map((segments) => `/${segments.join('/')}`);
    const value = fc.constantFrom('a', 'b', 'c', 'va', 'a.x', 'va.x', 'a-b', 'a-b.x', '');
    const path = fc.array(value, { minLength: 1, maxLength: 4 }).map((segments) => `/${segments.join('/')}`);
    fc.assert(
      fc.property(fc.uniqueArray(template, { maxLength: 8 }), fc.array(path, { maxLength: 8 }), (templates, paths) => {
        const table = tableOf(...templates);
        for (const sent of paths) {
          const fitting = templates.filter((candidate) => toRegExp(candidate).test(sent));
          const found = table.find('GET', sent)?.route.operationId;
          expect(found !== undefined).toBe(fitting.length > 0);
          if (found !== undefined) {
            expect(fitting).toContain(found);
            // The most particular one wins where they first differ.
            expect(fitting.every((other) => rank(found) <= rank(other))).toBe(true);
          }
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('takes no longer for a path the more literals it could be mistaken for', () => {
    const literal = '-a'.repeat(5_000);
    expect(tableOf('/{x}-{y}-{z}b').find('GET', `/${literal}`)).toBeUndefined();
  });
});

function toRegExp(template: string): RegExp {
  return new RegExp(`^${template.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`);
}

/** A text that sorts templates as they are tried: literals, then the segments with more literal characters. */
function rank(template: string): string {
  return template
    .split('/')
    .slice(1)
    .map((segment) => (segment.includes('{') ? 9 - segment.replaceAll(/\{\w+\}/g, '').length : 0))
    .join('');
}
