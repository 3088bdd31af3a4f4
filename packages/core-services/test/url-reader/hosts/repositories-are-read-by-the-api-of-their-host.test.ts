import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { describeUrlReaderService } from '@bulkhead/backend-test-utils/contracts';
import * as fakes from './fake-hosts.ts';
import { openHost, type OpenHost } from './open-host.ts';

const hosts = Object.entries(fakes);
const realFetch = globalThis.fetch;
let current: OpenHost | undefined;

/** Some hosts have but one address in the world. */
function fetchHere(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const url = new URL(input instanceof Request ? input.url : input);
  return realFetch(current && url.protocol === 'https:' ? current.site.url(url.pathname + url.search) : url, init);
}

beforeEach(() => {
  jest.spyOn(globalThis, 'fetch').mockImplementation(fetchHere);
});
afterEach(() => {
  jest.restoreAllMocks();
});

async function open(fake: fakes.FakeHost): Promise<OpenHost> {
  return (current = await openHost(fake));
}

for (const [name, fake] of hosts) {
  describeUrlReaderService(name, async () => {
    const { service, setFile, site } = await open(fake);
    return { service, setFile, forbiddenUrl: 'https://forbidden.example/a.txt', dispose: () => site.stop() };
  });
}

describe.each(hosts)('%s', (_name, fake) => {
  let host: OpenHost;
  beforeEach(async () => {
    host = await open(fake);
    host.setFile('catalog/a.yaml', 'a');
    host.setFile('catalog/inner/b.yaml', 'b');
    host.setFile('catalog/c.txt', 'c');
    host.setFile('catalog-2/d.yaml', 'd');
  });
  afterEach(() => host.site.stop());

  it('finds files by a pattern, and tells when nothing has changed', async () => {
    const { files, etag } = await host.service.search(host.page('catalog/**/*.yaml'));
    const found = await Promise.all(
      files.map(async ({ url, content }) => [decodeURIComponent(url), String(await content())]),
    );
    expect(found.sort()).toEqual([
      [host.page('catalog/a.yaml'), 'a'],
      [host.page('catalog/inner/b.yaml'), 'b'],
    ]);
    await expect(host.service.search(host.page('catalog/**/*.yaml'), { etag })).rejects.toMatchObject({
      name: 'NotModifiedError',
    });
    host.setFile('catalog/e.yaml', 'e');
    expect((await host.service.search(host.page('catalog/*.yaml'), { etag })).files).toHaveLength(2);
  });

  it('reads a folder by a filter, and tells when nothing has changed', async () => {
    const seen: string[] = [];
    const filter = (path: string, info?: { readonly size: number }): boolean => {
      seen.push(`${path}:${info?.size}`);
      return path.endsWith('.yaml');
    };
    const tree = await host.service.readTree(host.page('catalog'), { filter });
    expect((await tree.files()).map(({ path }) => path).sort()).toEqual(['a.yaml', 'inner/b.yaml']);
    expect(seen).toContain('c.txt:1');
    const { etag } = tree;
    await expect(host.service.readTree(host.page('catalog'), { etag })).rejects.toMatchObject({
      name: 'NotModifiedError',
    });
    await expect(tree.files()).rejects.toMatchObject({ code: 'ERR_URL_READER_CONTENT_TAKEN' });
  });

  it('sends the configured credentials, or the token of the caller', async () => {
    await host.service.readUrl(host.page('catalog/a.yaml'));
    expect(authorizations(host)).toEqual([fake.credentials.toLowerCase()]);
    host.site.requests.length = 0;
    await host.service.readTree(host.page('catalog'), { token: 'mine' });
    expect(authorizations(host)).toEqual(['bearer mine']);
  });

  it('says where something is wrong with a URL, or a folder', async () => {
    await expect(host.service.readTree(host.page('catalog/..%2f..%2fsecret'))).rejects.toMatchObject({
      code: 'ERR_URL_READER_URL',
    });
    host.repository.files.clear();
    await expect(host.service.readUrl(host.page('catalog/a.yaml'))).rejects.toMatchObject({
      name: 'NotFoundError',
      cause: { statusCode: 404 },
    });
  });
});

function authorizations({ site }: OpenHost): string[] {
  return [...new Set(site.requests.map(({ headers }) => headers.authorization!.toLowerCase()))];
}
