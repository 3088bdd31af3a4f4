import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';

const SOURCE = join(import.meta.dirname, 'code-cache.ts');
const isSupported = Number(process.versions.node.split('.')[0]) >= 22;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bulkhead-code-'));
  mkdirSync(join(folder, 'node_modules/plugin'), { recursive: true });
  mkdirSync(join(folder, 'packages/backend'), { recursive: true });
  writeFileSync(join(folder, 'node_modules/plugin/index.js'), `module.exports = () => 'started';`);
  writeFileSync(
    join(folder, 'packages/backend/host.mjs'),
    `const { keepCompiledCode } = await import(${JSON.stringify(SOURCE)});
    keepCompiledCode(import.meta.dirname);
    const { default: plugin } = await import('plugin');
    console.log(plugin());`,
  );
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Starts the host, and says what it printed. */
function start(env: NodeJS.ProcessEnv = {}): string {
  const { NODE_COMPILE_CACHE: _, ...own } = process.env;
  const args = [join(folder, 'packages/backend/host.mjs')];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', env: { ...own, ...env } });
  return stdout + stderr;
}

it('keeps compiled code beside the packages it comes from', () => {
  expect(start()).toBe('started\n');
  expect(existsSync(join(folder, 'node_modules/.cache/bulkhead/code'))).toBe(isSupported);
  expect(start()).toBe('started\n');
});

it('leaves the choice of the folder to the environment', () => {
  expect(start({ NODE_COMPILE_CACHE: join(folder, 'elsewhere') })).toBe('started\n');
  expect(existsSync(join(folder, 'elsewhere'))).toBe(isSupported);
  expect(existsSync(join(folder, 'node_modules/.cache'))).toBe(false);
});

it('does without where nothing can be kept', () => {
  writeFileSync(join(folder, 'node_modules/.cache'), 'a file, where a folder would have to be');
  expect(start()).toBe('started\n');
});
