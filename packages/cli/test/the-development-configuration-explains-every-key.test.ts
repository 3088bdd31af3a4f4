import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeConfig, discoverPackages, loadConfigSchema } from '@bulkhead/config-loader';
import { expect, it } from '@jest/globals';

const ROOT = join(import.meta.dirname, '../../..');

it('names every key that a host can set', async () => {
  const text = await readFile(join(ROOT, 'app-config.yaml'), 'utf8');
  const schema = loadConfigSchema(discoverPackages(join(ROOT, 'packages/backend')));
  const names = describeConfig(schema).map(({ key }) => key.replaceAll('[]', '').split('.').at(-1)!);
  const missing = names.filter((name) => !name.startsWith('<') && !new RegExp(`\\b${name}:`).test(text));
  expect(missing).toEqual([]);
});
