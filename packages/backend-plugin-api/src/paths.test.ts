import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isInside, resolvePackagePath, resolveSafeChildPath } from './paths.ts';

const escapes = expect.objectContaining({ code: 'ERR_PLUGIN_API_PATH_ESCAPES', statusCode: 403 });

describe('resolveSafeChildPath', () => {
  let folder: string;
  let base: string;

  beforeAll(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'paths-')));
    base = join(folder, 'base');
    mkdirSync(join(base, 'inner'), { recursive: true });
    mkdirSync(join(folder, 'base-sibling'));
    writeFileSync(join(folder, 'outside.txt'), '');
    symlinkSync(join(folder, 'base-sibling'), join(base, 'out'));
    symlinkSync('inner', join(base, 'in'));
    symlinkSync(join(folder, 'not-yet'), join(base, 'dangling'));
    symlinkSync('loop-b', join(base, 'loop-a'));
    symlinkSync('loop-a', join(base, 'loop-b'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(['..', '../outside.txt', '../base-sibling/x', 'inner/../../outside.txt', '/etc/passwd'])(
    'safe child path: outside rejected (%s)',
    (path) => {
      expect(() => resolveSafeChildPath(base, path)).toThrow(escapes);
    },
  );

  it.each(['inner', './inner/a.txt', 'inner/../b', 'in/c', '..name', ''])('safe child path: inside ok (%p)', (path) => {
    expect(resolveSafeChildPath(base, path)).toBe(join(base, path).replace(/\/$/, ''));
  });

  it.each(['out', 'out/x', 'out/x/y', 'dangling', 'dangling/x', 'loop-a'])(
    'safe child path: symlink escape rejected (%s)',
    (path) => {
      expect(() => resolveSafeChildPath(base, path)).toThrow(escapes);
    },
  );

  it('safe child path: not-yet-existing ok', () => {
    expect(resolveSafeChildPath(base, 'new/folder/file')).toBe(join(base, 'new/folder/file'));
  });
});

describe('isInside', () => {
  it.each([
    ['/a', '/a', true],
    ['/a', '/a/b', true],
    ['/a', '/a/..b', true],
    ['/a', '/ab', false],
    ['/a', '/', false],
    ['/a', '/b/a', false],
  ])('%s, %s: %p', (base, path, inside) => {
    expect(isInside(base, path)).toBe(inside);
  });
});

describe('resolvePackagePath', () => {
  it('finds a package, its package.json exported or not', () => {
    expect(resolvePackagePath('@bulkhead/errors', 'src', 'index.ts')).toMatch(/packages\/errors\/src\/index\.ts$/);
  });

  it('names the package that is missing', () => {
    expect(() => resolvePackagePath('@acme/no-such-package')).toThrow(
      expect.objectContaining({
        code: 'ERR_PLUGIN_API_PACKAGE_NOT_FOUND',
        message: 'The package @acme/no-such-package cannot be found',
      }),
    );
  });
});
