import { afterEach, describe, expect, it } from '@jest/globals';
import { SiteStarter } from '../../../test/url-reader/site.ts';
import { followRedirects } from './follow-redirects.ts';

const sites = new SiteStarter();
afterEach(() => sites.stopAll());

describe('followRedirects', () => {
  it.each(['authorization', 'x-api-key'])('keeps %s to the origin that it is for', async (name) => {
    const other = await sites.start((_request, response) => response.end('archive'));
    const site = await sites.start((request, response) => {
      const location = request.url === '/a' ? '/b' : other.url('/c');
      response.writeHead(302, { location }).end();
    });
    const headers = { accept: 'text/plain', [name]: 'secret' };
    const response = await followRedirects(fetch, site.url('/a'), { headers });
    expect(await response.text()).toBe('archive');
    expect(site.requests.map((request) => request.headers[name])).toEqual(['secret', 'secret']);
    expect(other.requests[0]!.headers).toMatchObject({ accept: 'text/plain' });
    expect(other.requests[0]!.headers).not.toHaveProperty(name);
  });

  it('gives up on redirects that lead nowhere, or never end', async () => {
    const site = await sites.start((request, response) => {
      response.writeHead(302, { location: request.url === '/a' ? 'http://' : '/again' }).end();
    });
    for (const path of ['/a', '/b']) {
      await expect(followRedirects(fetch, site.url(path), { headers: { 'x-api-key': 'k' } })).rejects.toMatchObject({
        code: 'ERR_URL_READER_REDIRECT',
      });
    }
  });
});
