import { describe, expect, it } from '@jest/globals';
import { ConfigReader } from '@bulkhead/config';
import type { JsonObject } from '@bulkhead/types';
import { createCrossOriginHandler } from './cross-origin.ts';
import { readHttpServerSettings } from './http-server-settings.ts';
import { createListenAddress } from './listen-address.ts';
import { createSecurityHeaders } from './security-headers.ts';

function configOf(backend: JsonObject): ConfigReader {
  return new ConfigReader({ backend });
}

describe('backend.listen', () => {
  it.each([
    [undefined, '127.0.0.1', 7007],
    [8080, '127.0.0.1', 8080],
    ['8080', '127.0.0.1', 8080],
    [':8080', '127.0.0.1', 8080],
    ['*:8080', '::', 8080],
    ['example.com:80', 'example.com', 80],
    ['[::1]:80', '::1', 80],
    [{}, '127.0.0.1', 7007],
    [{ host: '0.0.0.0' }, '0.0.0.0', 7007],
    [{ port: '9000' }, '127.0.0.1', 9000],
    [{ host: '*', port: 0 }, '::', 0],
  ])('%j is %s, port %i', (listen, host, port) => {
    expect(readHttpServerSettings(configOf({ listen })).listen).toEqual({ host, port });
  });

  it.each(['text', 'a:b', 'a:b:1', 70_000, 1.5, -1, { port: 65_536 }, true])('cannot be %j', (listen) => {
    expect(() => readHttpServerSettings(configOf({ listen }))).toThrow(
      expect.objectContaining({ code: 'ERR_CONFIG_VALUE', hint: expect.stringContaining('7007') }),
    );
  });
});

describe('the address of a server', () => {
  it.each([
    ['127.0.0.1', 'http://127.0.0.1:80'],
    ['0.0.0.0', 'http://127.0.0.1:80'],
    ['::', 'http://127.0.0.1:80'],
    ['fe80::1', 'http://[fe80::1]:80'],
  ])('on %s reaches itself at %s', (host, url) => {
    expect(createListenAddress('http', host, 80).url).toBe(url);
  });
});

describe('backend.server.etag', () => {
  it.each([
    [undefined, false],
    [false, false],
    ['weak', 'weak'],
    ['strong', 'strong'],
  ])('%j is %j', (etag, expected) => {
    expect(readHttpServerSettings(configOf({ server: { etag } })).etag).toBe(expected);
  });

  it.each([true, 'any', 1])('cannot be %j', (etag) => {
    expect(() => readHttpServerSettings(configOf({ server: { etag } }))).toThrow(
      expect.objectContaining({ code: 'ERR_CONFIG_VALUE', hint: expect.stringContaining("'weak'") }),
    );
  });
});

describe('the time for a head', () => {
  it.each([
    [{}, 15_000],
    [{ requestTimeout: '5s' }, 5_000],
    [{ requestTimeout: 0 }, 15_000],
    [{ requestTimeout: '5s', headersTimeout: '5s' }, 5_000],
    [{ requestTimeout: 0, headersTimeout: '1h' }, 3_600_000],
  ])('with %j is %i ms', (server, expected) => {
    expect(readHttpServerSettings(configOf({ server })).headersTimeout).toBe(expected);
  });

  it('cannot be longer than that for the whole request', () => {
    const server = { requestTimeout: '5s', headersTimeout: '6s' };
    expect(() => readHttpServerSettings(configOf({ server }))).toThrow(
      expect.objectContaining({ code: 'ERR_CONFIG_VALUE', message: expect.stringContaining('at most 5 s') }),
    );
  });
});

describe('backend.server', () => {
  it('takes durations and sizes as people write them', () => {
    const server = {
      headersTimeout: '1s',
      requestTimeout: { minutes: 1 },
      keepAliveTimeout: 250,
      timeout: '1h',
      maxHeaderSize: '8kb',
      bodyLimit: '1mb',
      bodyLimits: { 'user-files': '1gb' },
      maxHeadersCount: 50,
      maxRequestsPerSocket: 1000,
    };
    expect(readHttpServerSettings(configOf({ server }))).toMatchObject({
      headersTimeout: 1_000,
      requestTimeout: 60_000,
      keepAliveTimeout: 250,
      socketTimeout: 3_600_000,
      maxHeaderSize: 8_192,
      bodyLimit: 1_048_576,
      bodyLimits: new Map([['user-files', 1_073_741_824]]),
      maxHeadersCount: 50,
      maxRequestsPerSocket: 1_000,
    });
  });
});

describe('backend.https', () => {
  it('takes a certificate and its key', () => {
    const settings = readHttpServerSettings(configOf({ https: { certificate: { cert: 'C', key: 'K' } } }));
    expect(settings).toMatchObject({ https: { cert: 'C', key: 'K' }, secure: true });
    expect(readHttpServerSettings(configOf({ https: false }))).toMatchObject({ https: undefined, secure: false });
  });

  it('makes no certificates', () => {
    expect(() => readHttpServerSettings(configOf({ https: true }))).toThrow(
      expect.objectContaining({ code: 'ERR_CONFIG_VALUE' }),
    );
  });

  it('is not needed behind a proxy that speaks it', () => {
    expect(readHttpServerSettings(configOf({ baseUrl: 'https://x.example.com' })).secure).toBe(true);
  });
});

describe('backend.trustProxy', () => {
  it.each([[false], [1], ['loopback'], [['10.0.0.0/8', '::1']]])('may be %j', (trustProxy) => {
    expect(readHttpServerSettings(configOf({ trustProxy })).trustProxy).toEqual(trustProxy);
  });

  it.each([[true], [{}]])('cannot be %j, which would believe anybody', (trustProxy) => {
    expect(() => readHttpServerSettings(configOf({ trustProxy }))).toThrow(
      expect.objectContaining({ code: 'ERR_CONFIG_VALUE', hint: expect.stringContaining('loopback') }),
    );
  });
});

describe('backend.cors', () => {
  it.each(['https://{a,b}.example.com', 'https://a?.example.com', 'https://!(a).example.com'])(
    'refuses patterns that no origin can match: %s',
    (origin) => {
      expect(() =>
        createCrossOriginHandler(configOf({ cors: { origin: ['https://fine.example.com', origin] } })),
      ).toThrow(expect.objectContaining({ code: 'ERR_CONFIG_VALUE', hint: expect.stringContaining('*') }));
    },
  );

  it('cannot give credentials to any origin', () => {
    expect(() => createCrossOriginHandler(configOf({ cors: { origin: '*', credentials: true } }))).toThrow(
      expect.objectContaining({ code: 'ERR_CONFIG_VALUE' }),
    );
    expect(createCrossOriginHandler(configOf({ cors: { origin: '*' } }))).toBeInstanceOf(Function);
  });
});

describe('security headers', () => {
  it('are what helmet makes of the configuration', () => {
    const names = createSecurityHeaders(configOf({}), false).map(([name]) => name);
    expect(names).toEqual(expect.arrayContaining(['Content-Security-Policy', 'Referrer-Policy', 'X-Frame-Options']));
    expect(names).not.toContain('Strict-Transport-Security');
  });

  it.each([[{ referrer: 'sometimes' }], [{ referrer: [] }], [{ csp: { 'img-src': ['a;b'] } }]])(
    'cannot be made of %j',
    (backend) => {
      expect(() => createSecurityHeaders(configOf(backend), false)).toThrow(
        expect.objectContaining({ code: 'ERR_CONFIG_VALUE' }),
      );
    },
  );
});
