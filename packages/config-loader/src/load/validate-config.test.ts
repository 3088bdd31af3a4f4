import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '@bulkhead/types';
import { packageWith } from '../../test/packages.ts';
import { loadConfigSchema, type ConfigSchema } from '../schema/config-schema.ts';
import type { SchemaNode } from '../schema/schema-node.ts';
import { validateConfig } from './validate-config.ts';

/** A schema for the section `x`. */
function schemaOf(section: SchemaNode): ConfigSchema {
  return loadConfigSchema([packageWith('@x/core', {}, { properties: { x: section } })]);
}

/** What is wrong with the section `x`. */
async function faults(section: SchemaNode, x: JsonObject[string]): Promise<readonly string[]> {
  const { problems } = await validateConfig({ x }, schemaOf(section));
  return problems.map(({ code, message, hint }) => [code, message, hint].filter(Boolean).join(' | '));
}

const server: SchemaNode = {
  type: 'object',
  required: ['host'],
  properties: {
    host: { type: 'string' },
    port: { type: 'integer', minimum: 1, maximum: 65_535 },
    https: { type: 'boolean' },
    mode: { enum: ['fast', 'safe'] },
    timeout: { type: ['string', 'number', 'object'], format: 'duration' },
    limit: { type: ['string', 'number'], format: 'bytes' },
    url: { type: 'string', format: 'uri' },
    when: { type: 'string', format: 'date' },
    open: { type: 'object', properties: { a: {} }, additionalProperties: true },
    map: { type: 'object', additionalProperties: { type: 'number' } },
    list: { type: 'array', items: { type: 'object', properties: { name: { type: 'string' } } } },
  },
};

describe('validateConfig', () => {
  it('finds nothing wrong with what is right', async () => {
    const right = {
      host: 'h',
      port: 1,
      https: false,
      mode: 'safe',
      timeout: '1h 30m',
      limit: '1mb',
      url: 'http://a',
      when: '2024-01-01',
      open: { b: 1 },
      map: { any: 1 },
      list: [{ name: 'n' }],
    };
    expect(await faults(server, right)).toEqual([]);
    expect(await faults(server, { host: 'h', timeout: { minutes: 5 }, limit: 10 })).toEqual([]);
  });

  it('reads a long URL as fast as any other', async () => {
    const site: SchemaNode = { type: 'object', properties: { site: { type: 'string', format: 'url' } } };
    expect(await faults(site, { site: `http://${'a'.repeat(1_000)}/` })).toEqual([]);
    expect(await faults(site, { site: 'nowhere' })).toEqual([
      "ERR_CONFIG_VALUE | Configuration key 'x.site' must be a URL",
    ]);
  });

  it('takes no section for what every object has', async () => {
    const plugin = packageWith(
      '@x/p',
      { role: 'backend-plugin', pluginId: 'constructor' },
      { required: ['size'], properties: { size: { type: 'number' } } },
    );
    const { problems } = await validateConfig({}, loadConfigSchema([plugin]));
    expect(problems).toMatchObject([{ code: 'ERR_CONFIG_MISSING', path: ['constructor', 'size'] }]);
  });

  it('takes strings from the environment for what the reader takes them', async () => {
    expect(await faults(server, { host: 'h', port: '7007', https: 'yes', map: { a: '1.5' }, limit: '512' })).toEqual(
      [],
    );
    expect(await faults(server, { host: 'h', https: 1 })).toEqual([]);
    expect(await faults(server, { host: 'h', port: '70070', https: 'perhaps' })).toEqual([
      "ERR_CONFIG_VALUE | Configuration key 'x.port' must be at most 65535",
      "ERR_CONFIG_TYPE | Configuration key 'x.https' must be a boolean, got a string",
    ]);
  });

  it('reports every fault', async () => {
    const wrong = {
      prot: 7007,
      port: 'many',
      https: {},
      mode: 'quick',
      timeout: 'soon',
      limit: 'lots',
      url: 'not a url',
      when: 'today',
      map: { a: [] },
      list: [{ name: 1 }, { nam: 'x' }, 'y'],
    };
    expect(await faults(server, wrong)).toEqual([
      "ERR_CONFIG_MISSING | Configuration key 'x.host' is missing",
      "ERR_CONFIG_UNKNOWN_KEY | 'x.prot' is not a configuration key | Did you mean 'port'?",
      "ERR_CONFIG_TYPE | Configuration key 'x.port' must be a whole number, got a string",
      "ERR_CONFIG_TYPE | Configuration key 'x.https' must be a boolean, got an object",
      `ERR_CONFIG_VALUE | Configuration key 'x.mode' must be one of "fast", "safe"`,
      "ERR_CONFIG_VALUE | Configuration key 'x.timeout' must be a duration like '5s', '10m' or 'PT1H'",
      "ERR_CONFIG_VALUE | Configuration key 'x.limit' must be a size like '512kb' or '1mb'",
      "ERR_CONFIG_VALUE | Configuration key 'x.url' must be a URL",
      "ERR_CONFIG_VALUE | Configuration key 'x.when' must be a valid date",
      "ERR_CONFIG_TYPE | Configuration key 'x.map.a' must be a number, got a list",
      "ERR_CONFIG_TYPE | Configuration key 'x.list[0].name' must be a string, got a number",
      "ERR_CONFIG_UNKNOWN_KEY | 'x.list[1].nam' is not a configuration key | Did you mean 'name'?",
      "ERR_CONFIG_TYPE | Configuration key 'x.list[2]' must be an object, got a string",
    ]);
  });

  it.each<[SchemaNode, string | number | string[] | object, string]>([
    [{ minimum: 2 }, 1, 'must be at least 2'],
    [{ maximum: 2 }, 3, 'must be at most 2'],
    [{ exclusiveMinimum: 2 }, 2, 'must be more than 2'],
    [{ exclusiveMaximum: 2 }, 2, 'must be less than 2'],
    [{ multipleOf: 2 }, 3, 'must be a multiple of 2'],
    [{ minLength: 1 }, '', 'must not be empty'],
    [{ minLength: 2 }, 'a', 'must have at least 2 characters'],
    [{ maxLength: 1 }, 'ab', 'must have at most 1 character'],
    [{ pattern: '^a' }, 'b', 'must match /^a/'],
    [{ pattern: '^\\d+$' }, 'b', 'must be a whole number'],
    [{ minItems: 1 }, [], 'must not be empty'],
    [{ minItems: 2 }, ['a'], 'must have at least 2 items'],
    [{ maxItems: 0 }, ['a'], 'must have at most 0 items'],
    [{ minProperties: 1 }, {}, 'must not be empty'],
    [{ minProperties: 2 }, {}, 'must have at least 2 keys'],
    [{ maxProperties: 0 }, { a: 1 }, 'must have at most 0 keys'],
    [{ not: {} }, 1, 'must NOT be valid'],
  ])('says which rule of %p is broken by %p', async (rule, value, message) => {
    expect(await faults(rule, value as JsonObject)).toEqual([`ERR_CONFIG_VALUE | Configuration key 'x' ${message}`]);
  });

  it('lists the known keys if none is near', async () => {
    const section = { properties: { alpha: {}, beta: {} } };
    expect(await faults(section, { zzz: 1 })).toEqual([
      "ERR_CONFIG_UNKNOWN_KEY | 'x.zzz' is not a configuration key | Known here: 'alpha', 'beta'.",
    ]);
    expect(await faults({ type: 'object', properties: {} }, { zzz: 1 })).toEqual([
      "ERR_CONFIG_UNKNOWN_KEY | 'x.zzz' is not a configuration key | Nothing can stand here.",
    ]);
  });

  it('says which types are possible', async () => {
    const section = { anyOf: [{ type: 'number' }, { type: 'string' }, { type: 'object', properties: {} }] };
    expect(await faults(section, [])).toEqual([
      "ERR_CONFIG_TYPE | Configuration key 'x' must be a number, a string or an object, got a list",
    ]);
  });

  it('speaks of the alternative that was meant', async () => {
    const listen: SchemaNode = {
      anyOf: [
        { type: 'number' },
        { type: 'string' },
        { type: 'object', properties: { port: { type: 'number' }, host: { type: 'string' } } },
      ],
    };
    expect(await faults(listen, { prot: 1, host: 2 })).toEqual([
      "ERR_CONFIG_UNKNOWN_KEY | 'x.prot' is not a configuration key | Did you mean 'port'?",
      "ERR_CONFIG_TYPE | Configuration key 'x.host' must be a string, got a number",
    ]);
    const store: SchemaNode = {
      oneOf: [
        { type: 'object', required: ['kind'], properties: { kind: { const: 'memory' }, max: { type: 'number' } } },
        {
          type: 'object',
          required: ['kind', 'url'],
          properties: { kind: { const: 'redis' }, url: { type: 'string' } },
        },
      ],
    };
    expect(await faults(store, { kind: 'redis', ulr: 'x' })).toEqual([
      "ERR_CONFIG_MISSING | Configuration key 'x.url' is missing",
      "ERR_CONFIG_UNKNOWN_KEY | 'x.ulr' is not a configuration key | Did you mean 'url'?",
    ]);
  });

  it('lists the forms if none was clearly meant', async () => {
    const section: SchemaNode = {
      anyOf: [
        { type: 'object', required: ['a'], properties: { a: {} } },
        { type: 'object', required: ['b'], properties: { b: {} } },
      ],
    };
    expect(await faults(section, {})).toEqual([
      "ERR_CONFIG_VALUE | Configuration key 'x' has none of the forms that it can have | Forms: with a; with b.",
    ]);
    const orFalse: SchemaNode = {
      anyOf: [{ const: false }, { type: 'integer', minimum: 1 }, { title: 'a list of names', type: 'array' }],
    };
    const noForm = "ERR_CONFIG_VALUE | Configuration key 'x' has none of the forms that it can have";
    expect(await faults(orFalse, true)).toEqual([`${noForm} | Forms: false; a whole number; a list of names.`]);
    expect(await faults(orFalse, 0)).toEqual(["ERR_CONFIG_VALUE | Configuration key 'x' must be at least 1"]);
    const wordOrMore = { anyOf: [{ const: 'all' }, { type: ['object', 'array'] }] };
    expect(await faults(wordOrMore, 'x')).toEqual([`${noForm} | Forms: "all"; an object or a list.`]);
    const overlapping = { oneOf: [{ type: 'string' }, { minLength: 1 }] };
    expect(await faults(overlapping, 'x')).toEqual([
      "ERR_CONFIG_VALUE | Configuration key 'x' fits more than one of the forms that it can have",
    ]);
  });

  it('knows the keys of all parts of a combined schema', async () => {
    const section: SchemaNode = {
      type: 'object',
      properties: { type: { enum: ['a', 'b'] } },
      if: { properties: { type: { const: 'a' } }, required: ['type'] },
      then: { properties: { forA: { type: 'number' } }, required: ['forA'] },
      else: { properties: { forB: { type: 'number' } } },
      allOf: [{ properties: { always: { type: 'boolean' } } }],
    };
    expect(await faults(section, { type: 'a', forA: 1, always: true })).toEqual([]);
    expect(await faults(section, { type: 'b', forB: 1 })).toEqual([]);
    expect(await faults(section, { type: 'a' })).toEqual([
      "ERR_CONFIG_MISSING | Configuration key 'x.forA' is missing",
    ]);
    expect(await faults(section, { type: 'b', alway: true })).toEqual([
      "ERR_CONFIG_UNKNOWN_KEY | 'x.alway' is not a configuration key | Did you mean 'always'?",
    ]);
  });

  it('reports a missing key of a section that is not there at all', async () => {
    const plugin = packageWith(
      '@x/p',
      { role: 'backend-plugin', pluginId: 'p' },
      {
        required: ['message'],
        properties: { message: { type: 'string' } },
      },
    );
    const core = packageWith('@x/core', {}, { required: ['backend'], properties: { backend: {} } });
    const { problems } = await validateConfig({}, loadConfigSchema([plugin, core]));
    expect(problems.map(({ message }) => message)).toEqual([
      "Configuration key 'p.message' is missing",
      "Configuration key 'backend' is missing",
    ]);
    const notInstalled = await validateConfig({ backend: {} }, loadConfigSchema([plugin, core], { installed: [] }));
    expect(notInstalled.problems).toEqual([]);
  });

  it('warns of a section that belongs to nothing', async () => {
    const plugin = packageWith('@x/p', { role: 'backend-plugin', pluginId: 'catalog' }, {});
    const { problems, warnings } = await validateConfig(
      { catlog: {}, zzz: 1, catalog: { any: 1 } },
      loadConfigSchema([plugin]),
    );
    expect(problems).toEqual([]);
    expect(warnings).toEqual([
      {
        code: 'ERR_CONFIG_UNKNOWN_SECTION',
        message: "'catlog' belongs to no installed plugin and to no part of the host",
        hint: "Did you mean 'catalog'?",
        path: ['catlog'],
      },
      expect.objectContaining({ path: ['zzz'], hint: 'Install the plugin, or remove the key.' }),
    ]);
  });

  it('warns of deprecated keys', async () => {
    const schema = schemaOf({
      properties: {
        old: { deprecated: 'Use new.' },
        list: { items: { properties: { a: { deprecated: true } } } },
        new: {},
      },
    });
    const { warnings } = await validateConfig({ x: { old: 1, list: [{ a: 1 }], new: 1 } }, schema);
    expect(warnings).toEqual([
      {
        code: 'ERR_CONFIG_DEPRECATED',
        message: "Configuration key 'x.old' is deprecated",
        path: ['x', 'old'],
        hint: 'Use new.',
      },
      {
        code: 'ERR_CONFIG_DEPRECATED',
        message: "Configuration key 'x.list[0].a' is deprecated",
        path: ['x', 'list', '0', 'a'],
      },
    ]);
  });

  it('checks every instance by the schema of its plugin', async () => {
    const plugin = packageWith(
      '@x/s3',
      { role: 'backend-plugin', pluginId: 's3' },
      { properties: { bucket: { type: 'string' } } },
    );
    const schema = loadConfigSchema([plugin], {
      installed: [
        { pluginId: 'one', of: 's3' },
        { pluginId: 'two', of: 's3' },
      ],
    });
    const { problems } = await validateConfig({ one: { bucket: 1 }, two: { buckt: 'b' } }, schema);
    expect(problems.map(({ message }) => message)).toEqual([
      "Configuration key 'one.bucket' must be a string, got a number",
      "'two.buckt' is not a configuration key",
    ]);
  });

  it('names the package whose schema makes no sense', async () => {
    const schema = schemaOf({ properties: { a: { minLength: 'many' } } });
    await expect(validateConfig({ x: { a: 'b' } }, schema)).rejects.toMatchObject({
      code: 'ERR_CONFIG_PACKAGES',
      problems: [
        {
          code: 'ERR_CONFIG_SCHEMA',
          message: expect.stringMatching(/^The schema of @x\/core for 'x' cannot be used: /),
        },
      ],
    });
  });

  it('never repeats a value', async () => {
    const secret = 'hunter2';
    const { problems } = await validateConfig(
      { x: { host: [secret], port: secret, mode: secret, timeout: secret, url: secret, list: [secret], map: secret } },
      schemaOf({
        ...server,
        properties: { ...server.properties, password: { type: 'string', pattern: '^a', maxLength: 3 } },
      }),
    );
    expect(problems.length).toBeGreaterThan(5);
    expect(JSON.stringify(problems)).not.toContain(secret);
  });
});
