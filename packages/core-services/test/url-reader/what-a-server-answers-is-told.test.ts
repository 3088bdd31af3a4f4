import { afterEach, describe, expect, it } from '@jest/globals';
import { createReaderOf } from './create-reader.ts';
import { SiteStarter } from './site.ts';

const sites = new SiteStarter();
afterEach(() => sites.stopAll());

const notModified = { name: 'NotModifiedError', code: 'ERR_URL_READER_NOT_MODIFIED' };

describe('a status other than success', () => {
  it.each([
    [401, 'AuthenticationError', 'ERR_URL_READER_UNAUTHENTICATED'],
    [403, 'NotAllowedError', 'ERR_URL_READER_FORBIDDEN'],
    [404, 'NotFoundError', 'ERR_URL_READER_NOT_FOUND'],
    [300, 'BadGatewayError', 'ERR_URL_READER_STATUS'],
    [418, 'BadGatewayError', 'ERR_URL_READER_STATUS'],
    [429, 'BadGatewayError', 'ERR_URL_READER_STATUS'],
    [500, 'BadGatewayError', 'ERR_URL_READER_STATUS'],
  ])('becomes an error that has it in its cause: %i', async (statusCode, name, code) => {
    const site = await sites.start((_request, response) => response.writeHead(statusCode).end('sorry'));
    const reader = await createReaderOf([site]);
    await expect(reader.readUrl(site.url('/a?token=hunter2'))).rejects.toMatchObject({
      name,
      code,
      message: expect.stringMatching(/\/a\b(?!\?)/),
      cause: { statusCode },
    });
  });
});

describe('a connection that fails', () => {
  it('becomes an error with its cause when there is none', async () => {
    const site = await sites.start();
    const url = site.url('/');
    const reader = await createReaderOf([site]);
    await site.stop();
    await expect(reader.readUrl(url)).rejects.toMatchObject({
      name: 'BadGatewayError',
      code: 'ERR_URL_READER_UNREACHABLE',
      cause: { code: 'ECONNREFUSED' },
    });
  });

  it('becomes an error when it breaks off, or sends what is not what it says', async () => {
    const site = await sites.start((request, response) => {
      if (request.url === '/gzip') {
        response.writeHead(200, { 'content-encoding': 'gzip' }).end('not gzip');
      } else {
        response.writeHead(200, { 'content-length': 10 }).write('half', () => request.socket.destroy());
      }
    });
    const reader = await createReaderOf([site]);
    for (const path of ['/', '/gzip']) {
      const reading = reader.readUrl(site.url(path)).then((response) => response.buffer());
      await expect(reading).rejects.toMatchObject({
        code: 'ERR_URL_READER_UNREACHABLE',
        cause: { message: expect.any(String) },
      });
    }
  });
});

describe('content that has not changed', () => {
  const then = new Date('2020-01-02T03:04:05Z');

  it('is asked for by ETag and time', async () => {
    const site = await sites.start((_request, response) => response.writeHead(304).end());
    const reader = await createReaderOf([site]);
    const reading = reader.readUrl(site.url('/'), { etag: 'W/"1"', lastModifiedAfter: then });
    await expect(reading).rejects.toMatchObject(notModified);
    expect(site.requests[0]!.headers).toMatchObject({
      'if-none-match': 'W/"1"',
      'if-modified-since': 'Thu, 02 Jan 2020 03:04:05 GMT',
    });
  });

  it('is noticed even if the server does not know conditional requests', async () => {
    const site = await sites.start((_request, response) =>
      response.writeHead(200, { etag: '"1"', 'last-modified': then.toUTCString() }).end('text'),
    );
    const reader = await createReaderOf([site]);
    for (const known of [{ etag: '"1"' }, { etag: 'W/"1"' }, { lastModifiedAfter: then }]) {
      await expect(reader.readUrl(site.url('/'), known)).rejects.toMatchObject(notModified);
    }
    const changed = await reader.readUrl(site.url('/'), {
      etag: '"2"',
      lastModifiedAfter: new Date(then.getTime() - 1),
    });
    expect(changed).toMatchObject({ etag: '"1"', lastModifiedAt: then });
    expect(String(await changed.buffer())).toBe('text');
  });

  it('cannot be told from a date that is none', async () => {
    const site = await sites.start((_request, response) =>
      response.writeHead(200, { 'last-modified': 'yesterday' }).end(),
    );
    const reader = await createReaderOf([site]);
    const response = await reader.readUrl(site.url('/'), { lastModifiedAfter: then });
    expect([response.etag, response.lastModifiedAt]).toEqual([undefined, undefined]);
    await expect(reader.readUrl(site.url('/'), { lastModifiedAfter: new Date(Number.NaN) })).rejects.toMatchObject({
      code: 'ERR_URL_READER_OPTION',
    });
  });
});

describe('a search', () => {
  it('finds nothing where there is nothing', async () => {
    const site = await sites.start((_request, response) => response.writeHead(404).end());
    const reader = await createReaderOf([site]);
    expect(await reader.search(site.url('/a.txt'), { etag: '"1"' })).toEqual({ files: [], etag: '' });
  });

  it('needs no ETag, and its content stays there', async () => {
    const site = await sites.start((_request, response) => response.end('text'));
    const reader = await createReaderOf([site]);
    const { files, etag } = await reader.search(site.url('/a.txt?x=*'), { etag: '' });
    await site.stop();
    expect([etag, String(await files[0]!.content())]).toEqual(['', 'text']);
  });

  it.each(['search', 'readTree'] as const)(
    'by a pattern, like a folder, says what to do instead: %s',
    async (method) => {
      const site = await sites.start();
      const reader = await createReaderOf([site]);
      await expect(reader[method](site.url('/docs/*.md'))).rejects.toMatchObject({
        name: 'NotImplementedError',
        code: 'ERR_URL_READER_NOT_IMPLEMENTED',
        hint: expect.stringContaining('urlReaderFactoriesServiceRef'),
      });
      expect(site.requests).toEqual([]);
    },
  );
});
