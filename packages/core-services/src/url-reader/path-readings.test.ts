import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isPathWithin, pathReadings } from './path-readings.ts';

const readingsOf = (path: string) => pathReadings(new URL(`http://host${path}`).pathname);
const isWithin = (path: string, ancestor: string) => isPathWithin(readingsOf(path)!, readingsOf(ancestor)!);

describe('pathReadings', () => {
  it.each([
    ['/a/b', ['/a/b', '/a/b']],
    ['/', ['/', '/']],
    ['/a//b/', ['/a//b/', '/a/b/']],
    ['/%7euser/%e4', ['/~user/%E4', '/~user/%E4', '/~user/ä']],
    ['/a%2f..%2fb', ['/a%2F..%2Fb', '/a%2F..%2Fb', '/b']],
    ['/a/..;x/b', ['/a/..;x/b', '/b']],
    ['/a/..%5cb', ['/a/..%5Cb', '/a/..%5Cb', '/b']],
    ['/%2525', ['/%2525', '/%2525', '/%25', '/%']],
    ['/100%', ['/100%', '/100%']],
  ])('of %s', (path, readings) => {
    expect(readingsOf(path)).toEqual(readings);
  });

  it('are not sought for ever', () => {
    expect(readingsOf(`/%${'25'.repeat(6)}41`)).toHaveLength(9);
    expect(readingsOf(`/%${'25'.repeat(7)}41`)).toHaveLength(10);
    expect(readingsOf(`/%${'25'.repeat(8)}41`)).toBeUndefined();
  });
});

describe('isPathWithin', () => {
  it.each([
    ['/a', '/a'],
    ['/a/', '/a'],
    ['/a/b', '/a'],
    ['/a/b', '/a/'],
    ['/a/b', '/'],
    ['/a%2Fb/c', '/a%2fb'],
    ['/%61/b', '/a'],
    ['/b/../a/c', '/a'],
    ['/a/100%', '/a'],
  ])('%s is within %s', (path, ancestor) => {
    expect(isWithin(path, ancestor)).toBe(true);
  });

  it.each([
    ['/ab', '/a'],
    ['/a', '/a/'],
    ['/A', '/a'],
    ['/a/b', '/a%2Fb'],
    ['/a%2Fb', '/a/b'],
    ['/a/%2e%2e/b', '/a'],
    ['/a/..%2fb', '/a'],
    ['/a/%252e%252e/b', '/a'],
    ['/a/x/..%2f..%2f..%2fb', '/a'],
    ['/a/x//..%2f..%2fb', '/a'],
    ['/a/..;/b', '/a'],
    ['/a/.%2e%5cb', '/a'],
    ['//a/b', '/a'],
  ])('%s is not within %s', (path, ancestor) => {
    expect(isWithin(path, ancestor)).toBe(false);
  });

  it('holds for whatever is appended in plain segments, and for nothing that climbs out', () => {
    const segment = fc.stringMatching(/^[\w-]{1,8}$/);
    const climbing = fc.constantFrom('..', '%2e%2e', '.%2E', '..;x', '%252e%252e', '%25252e.');
    const slash = fc.constantFrom('%2f', '%5C', '%252F');
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1 }), climbing, slash, (segments, dots, separator) => {
        const inside = `/a/${segments.join('/')}`;
        expect(isWithin(inside, '/a')).toBe(true);
        const climbs = `${separator}${dots}`.repeat(segments.length + 1);
        expect(isWithin(`${inside}${climbs}${separator}b`, '/a')).toBe(false);
      }),
    );
  });
});
