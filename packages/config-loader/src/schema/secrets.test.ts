import { describe, expect, it } from '@jest/globals';
import { packageWith } from '../../test/packages.ts';
import { loadConfigSchema } from './config-schema.ts';
import { collectSecrets, redactConfig } from './secrets.ts';

const schema = loadConfigSchema([
  packageWith(
    '@x/core',
    {},
    {
      properties: {
        backend: {
          type: 'object',
          properties: {
            pin: { visibility: 'secret' },
            keys: { type: 'array', items: { properties: { value: { visibility: 'secret' }, id: {} } } },
            vault: { deepVisibility: 'secret', properties: { a: {}, b: { properties: { c: {} } } } },
            byName: { additionalProperties: { properties: { pass: { visibility: 'secret' } } } },
            store: { oneOf: [{ type: 'string' }, { type: 'object', properties: { pass: { visibility: 'secret' } } }] },
            publicToken: { visibility: 'frontend' },
            tokenSecret: { visibility: 'backend' },
          },
        },
      },
    },
  ),
]);

const data = {
  backend: {
    pin: 12345,
    keys: [{ id: 'first', value: 'value-1' }, { value: 'value-2' }],
    vault: { a: 'deep-a', b: { c: 'deep-c', flag: true } },
    byName: { any: { pass: 'mapped' } },
    store: { pass: 'chosen' },
    publicToken: 'for-everyone',
    tokenSecret: 'not-secret',
  },
  unknown: {
    password: 'by-name',
    API_KEY: 'by-name-2',
    tokens: ['listed-1', 'listed-2'],
    credentials: { user: 'anna', secret: 'nested' },
    tokenUrl: 'https://example.org',
    maxTokens: 4096,
    url: 'postgres://anna:p%40ss@db:5432/x',
    plain: 'visible',
    empty: { password: '' },
  },
};

describe('collectSecrets', () => {
  it('finds what schemas, names and URLs give away', () => {
    expect([...collectSecrets(data, schema)].sort()).toEqual(
      [
        '12345',
        'value-1',
        'value-2',
        'deep-a',
        'deep-c',
        'mapped',
        'chosen',
        'by-name',
        'by-name-2',
        'listed-1',
        'listed-2',
        'nested',
        'p%40ss',
      ].sort(),
    );
  });

  it('makes do without schemas', () => {
    expect([...collectSecrets({ db: { password: 'by-name', pin: '12345' } })]).toEqual(['by-name']);
  });

  it('leaves out what is too short to be replaced in a text', () => {
    expect([...collectSecrets({ password: 'abc', backend: { pin: 1 } }, schema)]).toEqual([]);
  });
});

describe('redactConfig', () => {
  it('puts *** in place of secrets, however short, and changes nothing else', () => {
    expect(redactConfig(data, schema)).toEqual({
      backend: {
        pin: '***',
        keys: [{ id: 'first', value: '***' }, { value: '***' }],
        vault: { a: '***', b: { c: '***', flag: true } },
        byName: { any: { pass: '***' } },
        store: { pass: '***' },
        publicToken: 'for-everyone',
        tokenSecret: 'not-secret',
      },
      unknown: {
        ...data.unknown,
        password: '***',
        API_KEY: '***',
        tokens: ['***', '***'],
        credentials: { user: 'anna', secret: '***' },
        url: 'postgres://anna:***@db:5432/x',
      },
    });
    expect(redactConfig({ password: 'x' })).toEqual({ password: '***' });
  });

  it('does not touch its argument', () => {
    const copy = structuredClone(data);
    redactConfig(data, schema);
    expect(data).toEqual(copy);
  });
});
