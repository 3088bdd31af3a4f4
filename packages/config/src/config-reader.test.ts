import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ConfigReader, type Config } from './index.ts';

const data = {
  backend: {
    listen: { port: 7007, host: '127.0.0.1' },
    cors: false,
    empty: '',
    nothing: null,
    origins: ['https://a.example', 'https://b.example'],
    endpoints: [{ target: 'http://a', weight: 1 }, { target: 'http://b' }],
    mixed: ['a', '', 3],
  },
  text: { number: '12.5', yes: 'Yes', off: 'OFF', one: 1, blank: ' ' },
};
const config: Config = new ConfigReader(data);

function thrownBy(read: () => unknown): { code: string; message: string; hint?: string } {
  try {
    read();
  } catch (error) {
    return error as { code: string; message: string; hint?: string };
  }
  throw new TypeError('Nothing was thrown');
}

describe('ConfigReader', () => {
  it('reads every type', () => {
    expect(config.getNumber('backend.listen.port')).toBe(7007);
    expect(config.getString('backend.listen.host')).toBe('127.0.0.1');
    expect(config.getBoolean('backend.cors')).toBe(false);
    expect(config.getStringArray('backend.origins')).toEqual(['https://a.example', 'https://b.example']);
    expect(config.getConfig('backend.listen').getNumber('port')).toBe(7007);
    expect(config.getConfigArray('backend.endpoints').map((item) => item.getString('target'))).toEqual([
      'http://a',
      'http://b',
    ]);
    expect(config.get('backend.listen')).toEqual({ port: 7007, host: '127.0.0.1' });
    expect(config.keys()).toEqual(['backend', 'text']);
  });

  it('reads numbers and booleans from strings, as they come from the environment', () => {
    expect(config.getNumber('text.number')).toBe(12.5);
    expect(config.getBoolean('text.yes')).toBe(true);
    expect(config.getBoolean('text.off')).toBe(false);
    expect(config.getBoolean('text.one')).toBe(true);
    expect(() => config.getNumber('text.blank')).toThrow(/must be a number, got a string/);
    expect(() => config.getBoolean('text.number')).toThrow(/must be a boolean, got a string/);
  });

  it('gives undefined for what is optional and missing', () => {
    expect(config.getOptional('nope')).toBeUndefined();
    expect(config.getOptionalConfig('nope.deep')).toBeUndefined();
    expect(config.getOptionalConfigArray('nope')).toBeUndefined();
    expect(config.getOptionalNumber('nope')).toBeUndefined();
    expect(config.getOptionalBoolean('nope')).toBeUndefined();
    expect(config.getOptionalString('nope')).toBeUndefined();
    expect(config.getOptionalStringArray('nope')).toBeUndefined();
    expect(config.has('nope')).toBe(false);
    expect(config.has('backend.listen')).toBe(true);
  });

  it('treats null as missing', () => {
    expect(config.has('backend.nothing')).toBe(false);
    expect(config.getOptionalString('backend.nothing')).toBeUndefined();
    expect(config.getConfig('backend').keys()).not.toContain('nothing');
    expect(config.get('backend')).not.toHaveProperty('nothing');
  });

  it('does not find what objects inherit', () => {
    expect(config.has('constructor')).toBe(false);
    expect(config.has('backend.toString')).toBe(false);
  });

  it.each<(key: string) => unknown>([
    (key) => config.get(key),
    (key) => config.getConfig(key),
    (key) => config.getConfigArray(key),
    (key) => config.getNumber(key),
    (key) => config.getBoolean(key),
    (key) => config.getString(key),
    (key) => config.getStringArray(key),
  ])('names a missing key, and the key that may have been meant', (read) => {
    const error = thrownBy(() => read('backend.lisen'));
    expect(error.code).toBe('ERR_CONFIG_MISSING');
    expect(error.message).toBe("Configuration key 'backend.lisen' is missing");
    expect(error.hint).toContain("'backend.listen'");
  });

  it('names the missing key in full from within a section', () => {
    const error = thrownBy(() => config.getConfig('backend').getConfig('listen').getString('prot'));
    expect(error.message).toBe("Configuration key 'backend.listen.prot' is missing");
    expect(error.hint).toContain("'backend.listen.port'");
  });

  it.each<[string, () => unknown, string]>([
    ['number', () => config.getNumber('backend.listen'), 'must be a number, got an object'],
    ['number from text', () => config.getNumber('backend.listen.host'), 'must be a number, got a string'],
    ['boolean', () => config.getBoolean('backend.origins'), 'must be a boolean, got a list'],
    ['string', () => config.getString('backend.listen.port'), 'must be a string, got a number'],
    ['empty string', () => config.getString('backend.empty'), 'must be a string, got an empty string'],
    ['section', () => config.getConfig('backend.cors'), 'must be an object, got a boolean'],
    ['list of sections', () => config.getConfigArray('backend.listen'), 'must be a list of objects, got an object'],
    ['element', () => config.getConfigArray('backend.origins'), "'backend.origins[0]' must be an object, got a string"],
    ['list', () => config.getStringArray('backend.cors'), 'must be a list of strings, got a boolean'],
    ['item', () => config.getStringArray('backend.mixed'), "'backend.mixed[1]' must be a string, got an empty string"],
    ['a way barred', () => config.getString('backend.cors.origin'), "'backend.cors' must be an object, got a boolean"],
  ])('refuses a wrong type: %s', (_name, read, message) => {
    const error = thrownBy(read);
    expect(error.code).toBe('ERR_CONFIG_TYPE');
    expect(error.message).toContain(message);
  });

  it('never repeats a value', () => {
    const secret = new ConfigReader({ database: { password: 'hunter2' } });
    const errors = [
      thrownBy(() => secret.getNumber('database.password')),
      thrownBy(() => secret.getConfig('database.password')),
      thrownBy(() => secret.getString('database.password.x')),
      thrownBy(() => secret.getStringArray('database.password')),
    ];
    expect(JSON.stringify(errors.map(({ message, hint }) => [message, hint]))).not.toContain('hunter2');
  });

  it('says where the value stands', () => {
    const located = new ConfigReader(
      { a: { list: [{ b: 'x' }] } },
      { sourceOf: (path) => ({ file: 'app-config.yaml', line: path.length, column: 3 }) },
    );
    const error = thrownBy(() => located.getConfigArray('a.list')[0]!.getNumber('b'));
    expect(error.message).toBe("Configuration key 'a.list[0].b' must be a number, got a string (app-config.yaml:4:3)");
    expect(thrownBy(() => located.getString('a.c')).message).toBe(
      "Configuration key 'a.c' is missing (app-config.yaml:1:3)",
    );
  });

  it.each(['.', 'a.', '.a', 'a..b', '1a', '_a', 'a b', '__proto__', 'a.-b'])('refuses the key %p', (key) => {
    expect(thrownBy(() => config.has(key)).code).toBe('ERR_CONFIG_KEY');
  });

  it.each(['a', 'a-b', 'a_b', 'a:b', 'aB1', 'x-1.y'])('takes the key %p', (key) => {
    expect(config.has(key)).toBe(false);
  });

  it('gives copies', () => {
    const original = { list: [1, 2] };
    const reader = new ConfigReader(original);
    original.list.push(3);
    reader.get<number[]>('list').push(4);
    expect(reader.get('list')).toEqual([1, 2]);
  });

  it('never reports a change', () => {
    expect(() => new ConfigReader({}).subscribe(() => {}).unsubscribe()).not.toThrow();
  });

  it('is empty without data', () => {
    const empty = new ConfigReader();
    expect(empty.keys()).toEqual([]);
    expect(empty.get()).toEqual({});
    expect(empty.getOptionalConfig('a')).toBeUndefined();
  });

  it('gives back any tree without nulls as it is', () => {
    const key = fc.string({ minLength: 1, maxLength: 6 });
    const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean());
    const tree = fc.letrec((tie) => ({
      node: fc.oneof({ maxDepth: 4 }, leaf, fc.array(tie('node')), fc.dictionary(key, tie('node'))),
    })).node;
    fc.assert(
      fc.property(fc.dictionary(key, tree, { noNullPrototype: true }), (value) => {
        const input = JSON.parse(JSON.stringify(value)) as Record<string, never>;
        expect(new ConfigReader(input).get()).toEqual(input);
      }),
    );
  });
});
