import { afterEach, describe, expect, it } from '@jest/globals';
import { createReader, createReaderOf } from './create-reader.ts';
import { SiteStarter, type Site } from './site.ts';

const sites = new SiteStarter();
afterEach(() => sites.stopAll());

const notAllowed = { name: 'NotAllowedError', code: 'ERR_URL_READER_NOT_ALLOWED' };

/** Redirects `/<n>` to `/<n-1>`, and has content at `/0`. */
function startStairs(): Promise<Site> {
  return sites.start((request, response) => {
    const step = Number(request.url!.slice(1));
    if (step === 0) response.end('arrived');
    else response.writeHead(302, { location: `/${step - 1}` }).end('elsewhere');
  });
}

function startRedirect(location: string, status = 302): Promise<Site> {
  return sites.start((_request, response) => response.writeHead(status, { location }).end('elsewhere'));
}

describe('a reader', () => {
  it('reads nowhere unless it is allowed', async () => {
    const site = await sites.start();
    for (const reader of [await createReader({}), await createReader({ allow: [{ host: 'localhost' }] })]) {
      await expect(reader.readUrl(site.url('/a?secret=1'))).rejects.toMatchObject({
        ...notAllowed,
        message: `Reading from ${site.url('/a')} is not allowed`,
        hint: expect.stringContaining(`{ host: '${site.host}' }`),
      });
    }
    expect(site.requests).toEqual([]);
  });

  it.each([
    '/public/../secret',
    '/public/%2e%2e/secret',
    '/public/..%2fsecret',
    '/public/%252e%252e%252fsecret',
    '/publicity',
    '/secret?/public',
  ])('is not led out of the allowed paths by %s', async (path) => {
    const site = await sites.start((_request, response) => response.end('x'));
    const reader = await createReader({ allow: [{ host: site.host, paths: ['/public'] }] });
    await expect(reader.readUrl(site.url(path))).rejects.toMatchObject(notAllowed);
    expect(site.requests).toEqual([]);
    expect(String(await (await reader.readUrl(site.url('/public/a'))).buffer())).toBe('x');
  });

  it.each([
    ['file:///etc/passwd', 'file: URLs are not read'],
    ['ftp://127.0.0.1/a', 'ftp: URLs are not read'],
    ['data:,text', 'data: URLs are not read'],
  ])('reads http and https only, not %s', async (url, message) => {
    const reader = await createReader({ allow: [{ host: '127.0.0.1' }] });
    for (const method of ['readUrl', 'readTree', 'search'] as const) {
      await expect(reader[method](url)).rejects.toMatchObject({ ...notAllowed, message });
    }
  });

  it.each(['/relative', 'not a url', 'http://'])('refuses what is not a URL: %s', async (url) => {
    const reader = await createReader({});
    await expect(reader.readUrl(url)).rejects.toMatchObject({ name: 'InputError', code: 'ERR_URL_READER_URL' });
  });

  it('refuses a URL with a password, and does not repeat it', async () => {
    const site = await sites.start();
    const reader = await createReaderOf([site]);
    const error: unknown = await reader.readUrl(`http://ada:hunter2@${site.host}/`).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'ERR_URL_READER_URL', message: expect.not.stringContaining('hunter2') });
    const forbidden: unknown = await reader.readUrl('http://ada:hunter2@other/').catch((thrown: unknown) => thrown);
    expect(forbidden).toMatchObject({ ...notAllowed, message: 'Reading from http://other/ is not allowed' });
    expect(site.requests).toEqual([]);
  });
});

describe('a redirect', () => {
  it('is followed five times', async () => {
    const site = await startStairs();
    const reader = await createReaderOf([site]);
    expect(String(await (await reader.readUrl(site.url('/5'))).buffer())).toBe('arrived');
    await expect(reader.readUrl(site.url('/6'))).rejects.toMatchObject({
      name: 'BadGatewayError',
      code: 'ERR_URL_READER_REDIRECT',
    });
    expect(site.requests).toHaveLength(12);
  });

  it.each([301, 302, 303, 307, 308])('is one with status %i', async (status) => {
    const target = await sites.start((_request, response) => response.end('arrived'));
    const site = await startRedirect(target.url('/'), status);
    const reader = await createReaderOf([site, target]);
    expect(String(await (await reader.readUrl(site.url('/'))).buffer())).toBe('arrived');
  });

  it('does not lead to a host that is not allowed', async () => {
    const forbidden = await sites.start();
    const site = await startRedirect(forbidden.url('/a'));
    const reader = await createReaderOf([site]);
    await expect(reader.readUrl(site.url('/'))).rejects.toMatchObject({
      ...notAllowed,
      message: `Reading from ${forbidden.url('/a')}, to which ${site.url('/')} redirects, is not allowed`,
    });
    expect(forbidden.requests).toEqual([]);
  });

  it('does not lead to a path that is not allowed, not even by way of an allowed host', async () => {
    const site = await startStairs();
    const reader = await createReader({ allow: [{ host: site.host, paths: ['/2', '/1'] }] });
    await expect(reader.readUrl(site.url('/2'))).rejects.toMatchObject(notAllowed);
    expect(site.requests.map(({ url }) => url)).toEqual(['/2', '/1']);
  });

  it('does not lead to a file', async () => {
    const site = await startRedirect('file:///etc/passwd');
    await expect((await createReaderOf([site])).readUrl(site.url('/'))).rejects.toMatchObject(notAllowed);
  });

  it.each([
    ['http://[', 'to nowhere'],
    ['', 'to nowhere'],
    ['http://ada:hunter2@HOST/', 'with user and password'],
  ])('that leads to %j is refused', async (location, fault) => {
    const site = await sites.start((request, response) => {
      const target = location.replace('HOST', request.headers.host!);
      response.writeHead(302, target === '' ? {} : { location: target }).end();
    });
    await expect((await createReaderOf([site])).readUrl(site.url('/'))).rejects.toMatchObject({
      code: 'ERR_URL_READER_REDIRECT',
      message: expect.stringContaining(fault),
    });
  });
});

describe('a token', () => {
  const tokensAt = (site: Site): unknown[] => site.requests.map(({ headers }) => headers.authorization);

  it('is sent to the host that was asked for, also after a redirect within it', async () => {
    const site = await startStairs();
    await (await createReaderOf([site])).readUrl(site.url('/1'), { token: 'secret' });
    expect(tokensAt(site)).toEqual(['Bearer secret', 'Bearer secret']);
  });

  it('is lost for good when a redirect leads to another origin', async () => {
    const home = await sites.start((request, response) => {
      if (request.url === '/back') response.end('home again');
      else response.writeHead(302, { location: away.url('/') }).end();
    });
    const away = await startRedirect(home.url('/back'));
    const reader = await createReaderOf([home, away]);
    const response = await reader.readUrl(home.url('/'), { token: 'secret' });
    expect(String(await response.buffer())).toBe('home again');
    expect(tokensAt(home)).toEqual(['Bearer secret', undefined]);
    expect(tokensAt(away)).toEqual([undefined]);
  });

  it.each(['token', 'etag'])(
    '(or another option: %s) that fits in no header is refused and not repeated',
    async (name) => {
      const site = await sites.start();
      const reader = await createReaderOf([site]);
      const error: unknown = await reader
        .readUrl(site.url('/'), { [name]: 'hunter2\nX-Other: 1' })
        .catch((e: unknown) => e);
      expect(error).toMatchObject({
        name: 'InputError',
        code: 'ERR_URL_READER_OPTION',
        message: expect.not.stringContaining('hunter2'),
      });
      expect(site.requests).toEqual([]);
    },
  );
});
