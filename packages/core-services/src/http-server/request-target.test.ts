import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { findTargetFault, isWithin, pathOf, pluginIdOf, relativeTarget, toOriginForm } from './request-target.ts';

describe('findTargetFault', () => {
  it.each(['/', '/api/todo/1?q=100%', '/a/.well-known/x', '/a/..b/c..', '/a%2Fb', '/%C3%A9', "/a;b=(c)!$&'*+,:@~_-"])(
    'has nothing against %s',
    (target) => {
      expect(findTargetFault(target)).toBeUndefined();
    },
  );

  it('lets through only paths that decode, and that no decoding makes climb', () => {
    const piece = fc.constantFrom(
      'a',
      '.',
      '..',
      '%2e',
      '%2F',
      '%5c',
      '/',
      '\\',
      '%',
      '%00',
      '%25',
      'é',
      '#',
      '%c0%af',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const target = `/${pieces.join('')}`;
        if (findTargetFault(target) === undefined) {
          const decoded = decodeURIComponent(target);
          expect(decoded).not.toContain('\0');
          expect(decoded.split(/[/\\]/)).not.toContain('..');
        }
      }),
    );
  });
});

describe('the parts of a target', () => {
  it.each([
    ['/api/todo', 'todo', '/'],
    ['/api/todo/', 'todo', '/'],
    ['/api/todo/a/b?c=/d', 'todo', '/a/b?c=/d'],
    ['/api/todo?a=/b', 'todo', '/?a=/b'],
    ['/api/', '', '/'],
    ['/api//x', '', '/x'],
  ])('of %s are the plugin %j and %s', (target, pluginId, rest) => {
    expect(pluginIdOf(target)).toBe(pluginId);
    expect(relativeTarget(target, '/api/'.length + pluginId.length)).toBe(rest);
  });

  it('leave out the query, and the origin', () => {
    expect(pathOf('/a?b?c')).toBe('/a');
    expect(toOriginForm('http://x:1/a?b')).toBe('/a?b');
    expect(toOriginForm('HTTPS://x?b')).toBe('/?b');
    expect(toOriginForm('*')).toBeUndefined();
  });

  it('are compared by whole segments', () => {
    expect(['/a', '/a/b', '/ab', '/'].map((path) => isWithin(path, '/a'))).toEqual([true, true, false, false]);
  });
});
