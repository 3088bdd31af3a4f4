import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { packageWith } from '../../test/packages.ts';
import { tempFolder } from '../../test/temp-folder.ts';
import { loadConfig, type LoadedConfig } from '../load/load-config.ts';
import { loadConfigSchema } from '../schema/config-schema.ts';
import { describeConfig } from './describe-config.ts';
import { printConfig } from './print-config.ts';

const schema = loadConfigSchema([
  packageWith(
    '@x/core',
    {},
    {
      required: ['backend'],
      properties: {
        backend: {
          type: 'object',
          description: 'The host.',
          required: ['listen'],
          properties: {
            listen: { anyOf: [{ type: 'number' }, { type: 'object', properties: { port: { type: 'integer' } } }] },
            mode: { enum: ['a', 'b'], default: 'a' },
            ttl: { type: ['string', 'number'], format: 'duration', deprecated: 'Use timeout.' },
            hosts: { type: 'array', items: { type: 'string' } },
            keys: {
              type: 'array',
              items: { type: 'object', required: ['id'], properties: { id: { type: 'string' } } },
            },
            secrets: { type: 'object', deepVisibility: 'secret', additionalProperties: { type: 'string' } },
          },
        },
      },
    },
  ),
  packageWith(
    '@x/app',
    { role: 'backend-plugin', pluginId: 'app' },
    { properties: { title: { visibility: 'frontend' } } },
  ),
]);

describe('describeConfig', () => {
  it('lists every key with what there is to know', () => {
    const core = { required: false, visibility: 'backend', package: '@x/core' };
    expect(describeConfig(schema)).toEqual([
      { key: 'app', type: 'any', required: false, visibility: 'backend', package: '@x/app' },
      { key: 'app.title', type: 'any', required: false, visibility: 'frontend', package: '@x/app' },
      { ...core, key: 'backend', type: 'object', description: 'The host.', required: true },
      { ...core, key: 'backend.listen', type: 'number or object', required: true },
      { ...core, key: 'backend.listen.port', type: 'integer' },
      { ...core, key: 'backend.mode', type: '"a" or "b"', default: 'a' },
      { ...core, key: 'backend.ttl', type: 'duration', deprecated: 'Use timeout.' },
      { ...core, key: 'backend.hosts', type: 'list of string' },
      { ...core, key: 'backend.keys', type: 'list of object' },
      { ...core, key: 'backend.keys[]', type: 'object' },
      { ...core, key: 'backend.keys[].id', type: 'string', required: true },
      { ...core, key: 'backend.secrets', type: 'object', visibility: 'secret' },
      { ...core, key: 'backend.secrets.<name>', type: 'string', visibility: 'secret' },
    ]);
  });
});

describe('printConfig', () => {
  async function load(): Promise<LoadedConfig> {
    const dir = tempFolder({
      'app-config.yaml': 'backend:\n  listen: 7007\n  hosts: [a, b]\n  secrets: { x: hunter2 }\nempty: {}\n',
    });
    return loadConfig({ dir, env: { APP_CONFIG_backend_mode: 'b' }, schema });
  }

  it('prints YAML without secrets', async () => {
    expect(await printConfig(await load(), { schema })).toBe(
      'backend:\n  listen: 7007\n  hosts:\n    - a\n    - b\n  secrets:\n    x: "***"\n  mode: b\nempty: {}\n',
    );
  });

  it('prints YAML with the place of each value', async () => {
    const config = await load();
    const file = join(config.dir, 'app-config.yaml');
    expect(await printConfig(config, { schema, withSources: true })).toBe(
      [
        'backend:',
        `  listen: 7007 # ${file}:2:11`,
        '  hosts:',
        `    - a # ${file}:3:11`,
        `    - b # ${file}:3:14`,
        '  secrets:',
        `    x: "***" # ${file}:4:17`,
        '  mode: b # environment variable APP_CONFIG_backend_mode',
        `empty: {} # ${file}:5:1`,
        '',
      ].join('\n'),
    );
  });

  it('prints one line for each value as text', async () => {
    const config = await load();
    expect(await printConfig(config, { schema, format: 'text' })).toBe(
      [
        'backend.listen = 7007',
        'backend.hosts[0] = "a"',
        'backend.hosts[1] = "b"',
        'backend.secrets.x = "***"',
        'backend.mode = "b"',
        'empty = {}',
        '',
      ].join('\n'),
    );
    const lines = (await printConfig(config, { schema, format: 'text', withSources: true })).split('\n');
    expect(lines[0]).toBe(`backend.listen = 7007      # ${join(config.dir, 'app-config.yaml')}:2:11`);
  });

  it('prints JSON', async () => {
    const config = await load();
    const printed: unknown = JSON.parse(await printConfig(config, { schema, format: 'json' }));
    expect(printed).toEqual({
      backend: { listen: 7007, hosts: ['a', 'b'], secrets: { x: '***' }, mode: 'b' },
      empty: {},
    });
    const withSources: unknown = JSON.parse(await printConfig(config, { schema, format: 'json', withSources: true }));
    expect(withSources).toMatchObject({
      config: printed,
      sources: { 'backend.hosts[1]': `${join(config.dir, 'app-config.yaml')}:3:14` },
    });
  });

  it('prints nothing as nothing', async () => {
    const empty = await loadConfig({ dir: tempFolder(), env: {} });
    expect(await printConfig(empty)).toBe('{}\n');
    expect(await printConfig(empty, { format: 'text' })).toBe('');
  });
});
