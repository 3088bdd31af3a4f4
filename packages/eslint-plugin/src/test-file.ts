import path from 'node:path';
import type { Package } from './manifest.ts';

/** Whether a file is only run by tests: `*.test.ts`, `*.test-d.ts`, and all in the `test` and `jest` folders of its package. */
export function isTestFile(file: string, owner: Package): boolean {
  const [folder] = path.relative(owner.dir, file).split(path.sep);
  return folder === 'test' || folder === 'jest' || /\.(test|test-d)\.[cm]?[jt]sx?$/.test(file);
}
