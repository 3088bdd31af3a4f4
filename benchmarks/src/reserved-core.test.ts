import { describe, expect, it } from '@jest/globals';
import { onCore, readCoreList } from './reserved-core.ts';

describe('a reserved core', () => {
  it.each([
    ['0', [0]],
    ['0,1', [0, 1]],
    ['0,2-4', [0, 2, 3, 4]],
  ])('is one of those that the system lists as %s', (list, cores) => {
    expect(readCoreList(list)).toEqual(cores);
  });

  it('is where a command runs, if there is one', () => {
    expect(onCore(2, 'node', ['host.js'])).toEqual(['taskset', ['--cpu-list', '2', 'node', 'host.js']]);
    expect(onCore(undefined, 'node', ['host.js'])).toEqual(['node', ['host.js']]);
  });
});
