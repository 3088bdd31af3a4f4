import { expect, it } from '@jest/globals';
import { isFile } from './is-file.ts';

it('tells files from what else a form may have', () => {
  expect(isFile(new File(['a'], 'a.txt'))).toBe(true);
  expect(isFile(new Blob(['a']))).toBe(true);
  for (const other of ['a.txt', null, undefined, {}, [], new Uint8Array(), { size: 1 }]) {
    expect(isFile(other)).toBe(false);
  }
});
