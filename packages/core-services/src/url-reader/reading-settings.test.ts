import { describe, expect, it } from '@jest/globals';
import { mockServices } from '@bulkhead/backend-test-utils';
import { ConfigReader, createMutableConfig } from '@bulkhead/config';
import type { JsonObject } from '@bulkhead/types';
import { followReadingSettings, readReadingSettings } from './reading-settings.ts';

const read = (reading: JsonObject) => readReadingSettings(new ConfigReader({ backend: { reading } }));

function allows(entry: JsonObject, url: string): boolean {
  return read({ allow: [entry] }).allow.allows(new URL(url));
}

describe('readReadingSettings', () => {
  it('has limits without a configuration, and allows nothing', () => {
    const { allow, ...limits } = readReadingSettings(new ConfigReader({}));
    const trees = { timeout: 300_000, maxSize: 1024 ** 3 };
    expect(limits).toEqual({ timeout: 30_000, maxSize: 32 * 1024 ** 2, trees });
    expect(allow.allows(new URL('http://localhost/'))).toBe(false);
    expect(read({ timeout: '2s', maxSize: '1kb' })).toMatchObject({ timeout: 2_000, maxSize: 1024 });
  });

  it.each<[JsonObject, string]>([
    [{ timeout: 'soon' }, 'timeout'],
    [{ timeout: 0 }, 'timeout'],
    [{ timeout: '30d' }, 'timeout'],
    [{ maxSize: 0 }, 'maxSize'],
    ...[
      '*',
      '*.',
      '**.a',
      'a.*.b',
      'http://a',
      'a/b',
      'a b',
      'a:0',
      'a:65536',
      'a:9-8',
      'a:x',
      'a:1-',
      '1.2.3.4.5',
      '*.0.0.1',
      '[::g]',
    ].map((host): [JsonObject, string] => [{ allow: [{ host }] }, 'allow[0].host']),
    ...['a', '', '/a?b', '/a#b', `/%${'25'.repeat(9)}`].map((path): [JsonObject, string] => [
      { allow: [{ host: 'a' }, { host: 'b', paths: ['/c', path] }] },
      'allow[1].paths',
    ]),
    [{ allow: [{ host: 'a', paths: [] }] }, 'allow[0].paths'],
    [{ allow: [{}] }, 'allow[0].host'],
    [{ allow: 'example.com' }, 'allow'],
  ])('names the key that is wrong: %j', (reading, key) => {
    expect(() => read(reading)).toThrow(
      expect.objectContaining({
        code: expect.stringMatching(/^ERR_CONFIG_(VALUE|TYPE|MISSING)$/),
        message: expect.stringContaining(`backend.reading.${key}`),
      }),
    );
  });
});

describe('an entry of backend.reading.allow', () => {
  it.each([
    ['example.com', 'https://example.com/a'],
    ['example.com', 'http://example.com'],
    ['example.com', 'http://EXAMPLE.com:80'],
    ['Example.COM', 'http://example.com'],
    ['bücher.example', 'http://xn--bcher-kva.example/'],
    ['*.example.com', 'http://a.b.example.com'],
    ['example.com:443', 'https://example.com'],
    ['example.com:8080', 'http://example.com:8080'],
    ['example.com:100-200', 'http://example.com:200'],
    ['*.example.com:100-200', 'http://a.example.com:100'],
    ['127.0.0.1', 'http://2130706433/'],
    ['[0:0::1]:81', 'http://[::1]:81'],
  ])('for %s allows %s', (host, url) => {
    expect(allows({ host }, url)).toBe(true);
  });

  it.each([
    ['example.com', 'http://a.example.com'],
    ['example.com', 'http://example.com.'],
    ['example.com', 'http://example.com:8080'],
    ['example.com', 'https://example.com:80'],
    ['example.com', 'http://example.com@evil.com'],
    ['*.example.com', 'http://example.com'],
    ['*.example.com', 'http://badexample.com'],
    ['*.example.com', 'http://a.example.com:8080'],
    ['example.com:443', 'http://example.com'],
    ['example.com:80', 'https://example.com'],
    ['example.com:100-200', 'http://example.com:201'],
    ['example.com:100-200', 'http://example.com'],
    ['localhost', 'http://127.0.0.1'],
  ])('for %s does not allow %s', (host, url) => {
    expect(allows({ host }, url)).toBe(false);
  });

  it('concerns its paths only, unless another one of the host has none', () => {
    const entry = { host: 'a', paths: ['/docs', '/Read%20me'] };
    expect(['/docs/x', '/Read%20me', '/docs/%2e%2e/x', '/'].map((path) => allows(entry, `http://a${path}`))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    const { allow } = read({ allow: [entry, { host: '*.a' }, { host: 'a', paths: ['/x'] }, { host: 'a:81' }] });
    expect(['http://a/x', 'http://a/', 'http://b.a/', 'http://a:81/'].map((url) => allow.allows(new URL(url)))).toEqual(
      [true, false, true, true],
    );
  });
});

describe('followReadingSettings', () => {
  it('follows the configuration, except where it cannot be used', () => {
    const mutable = createMutableConfig({});
    const logger = mockServices.rootLogger();
    const settings = followReadingSettings(mutable.config, logger);
    mutable.set({ backend: { reading: { timeout: 5 } } });
    expect(settings().timeout).toBe(5);
    mutable.set({ backend: { reading: { timeout: 6, allow: [{ host: '*' }] } } });
    expect(settings().timeout).toBe(5);
    expect(logger.lines).toMatchObject([{ level: 'error', message: expect.stringContaining('backend.reading') }]);
  });
});
