import { describe, expect, it } from '@jest/globals';
import { checkLockFile } from './check-lock-file.ts';
import { workspaceFixture, writeFiles } from './fixtures.ts';

function check(packages?: object): string[] {
  const { root } = workspaceFixture();
  if (packages) writeFiles(root, { 'package-lock.json': JSON.stringify({ packages }) });
  return checkLockFile(root).map(({ message }) => message);
}

describe('checkLockFile', () => {
  it('wants a lock file', () => {
    expect(check()).toEqual(['is missing; run npm install']);
  });

  it('accepts links between packages and binaries of every platform', () => {
    expect(
      check({
        '': {},
        'node_modules/@bulkhead/errors': { resolved: 'packages/errors' },
        'node_modules/swc': { optionalDependencies: { 'swc-linux': '1', 'swc-mac': '1' } },
        'node_modules/swc/node_modules/swc-linux': {},
        'node_modules/swc-mac': {},
      }),
    ).toEqual([]);
  });

  it('refuses the address of a registry', () => {
    expect(check({ 'node_modules/a': { resolved: 'https://registry.invalid/a.tgz' } })).toEqual([
      'names the registry for node_modules/a; run npm install',
    ]);
  });

  it('refuses to leave out a platform', () => {
    expect(check({ 'node_modules/swc': { optionalDependencies: { 'swc-mac': '1' } } })).toEqual([
      'lacks swc-mac, an optional dependency of node_modules/swc; pin a version that has it, then run npm install',
    ]);
  });
});
