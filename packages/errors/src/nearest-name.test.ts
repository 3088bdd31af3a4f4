import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { nearestName } from './index.ts';

const word = fc.string({ minLength: 3, maxLength: 12, unit: fc.constantFrom(...'abcdefghij') });

describe('nearestName', () => {
  it.each([
    ['prot', 'port'],
    ['Databse', 'database'],
    ['conection', 'connection'],
    ['lisen', 'listen'],
    ['hots', 'host'],
  ])('takes %p for %p', (typed, meant) => {
    expect(nearestName(typed, ['backend', 'port', 'database', 'connection', 'listen', 'host'])).toBe(meant);
  });

  it('gives nothing if nothing is near', () => {
    expect(nearestName('kubernetes', ['port', 'database'])).toBeUndefined();
    expect(nearestName('x', [])).toBeUndefined();
    expect(nearestName('a'.repeat(201), ['a'.repeat(200)])).toBeUndefined();
  });

  it('prefers the first of equally near names', () => {
    expect(nearestName('cat', ['bat', 'hat'])).toBe('bat');
  });

  it('finds an exact name among any others', () => {
    fc.assert(fc.property(word, fc.array(word), (name, others) => nearestName(name, [...others, name]) === name));
  });

  it('mends one slip of the finger in a longer name', () => {
    fc.assert(
      fc.property(word, fc.nat(), (name, at) => {
        const index = at % name.length;
        const dropped = name.slice(0, index) + name.slice(index + 1);
        const doubled = name.slice(0, index) + name[index]! + name.slice(index);
        return nearestName(dropped, [name]) === name && nearestName(doubled, [name]) === name;
      }),
    );
  });
});
