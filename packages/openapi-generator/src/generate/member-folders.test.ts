import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { memberFolders } from './member-folders.ts';

let root: string;

beforeAll(() => {
  root = mkdtempSync(path.join(tmpdir(), 'members-'));
  for (const folder of ['a', 'packages/one', 'packages/two', 'packages/two/deep', 'packages/two/node_modules/x']) {
    mkdirSync(path.join(root, folder), { recursive: true });
    writeFileSync(path.join(root, folder, 'package.json'), '{}');
  }
  mkdirSync(path.join(root, 'packages/no-package'));
});

afterAll(() => {
  rmSync(root, { recursive: true });
});

it.each([
  ['a', ['a']],
  ['./a', ['a']],
  ['packages/*', ['packages/one', 'packages/two']],
  ['packages/t*o', ['packages/two']],
  ['packages/**', ['packages/one', 'packages/two', 'packages/two/deep']],
  ['nowhere/*', []],
  ['!packages/one', []],
])('%s means %j', (pattern, expected) => {
  const found = memberFolders(root, pattern).map((folder) => path.relative(root, folder));
  expect(found.sort()).toEqual(expected);
});
