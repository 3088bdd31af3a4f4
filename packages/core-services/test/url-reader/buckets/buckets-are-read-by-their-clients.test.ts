import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { UrlReaderService } from '@bulkhead/backend-plugin-api';
import { mockServices, resolveService } from '@bulkhead/backend-test-utils';
import { urlReaderServiceFactory } from '@bulkhead/core-services/url-reader';
import { Site } from '../site.ts';
import * as fakes from './fake-buckets.ts';

describe.each(Object.entries(fakes))('%s', (_name, fake) => {
  const objects = new Map<string, string>();
  const environment = { ...process.env };
  let site: Site;
  let service: UrlReaderService;
  const url = (key: string): string => fake.url(site.host.replace('127.0.0.1', 'localhost'), key);

  beforeEach(async () => {
    objects.clear();
    site = await Site.start((request, response) => {
      const { pathname, searchParams } = new URL(request.url!, 'http://site');
      void fake.answer({ objects, request, response, path: decodeURIComponent(pathname), query: searchParams });
    });
    const origin = site.url('').replace('127.0.0.1', 'localhost');
    Object.assign(process.env, fake.environment?.(origin));
    const config = fake.config(origin);
    const data = { integrations: { [fake.key]: fake.key === 'googleGcs' ? config : [config] } };
    const rootConfig = mockServices.rootConfig({ data });
    service = await resolveService(urlReaderServiceFactory, { services: { rootConfig } });
  });
  afterEach(async () => {
    process.env = { ...environment };
    await site.stop();
  });

  it('reads an object, and tells when it has not changed', async () => {
    objects.set('folder/a b.txt', 'text ä');
    const response = await service.readUrl(url('folder/a%20b.txt'));
    expect(String(await response.buffer())).toBe('text ä');
    const { etag, lastModifiedAt } = response;
    await expect(service.readUrl(url('folder/a%20b.txt'), { etag })).rejects.toMatchObject({
      name: 'NotModifiedError',
    });
    if (lastModifiedAt) {
      const unchanged = service.readUrl(url('folder/a%20b.txt'), { lastModifiedAfter: lastModifiedAt });
      await expect(unchanged).rejects.toMatchObject({ name: 'NotModifiedError' });
    }
    objects.set('folder/a b.txt', 'other');
    expect(String(await (await service.readUrl(url('folder/a%20b.txt'), { etag })).buffer())).toBe('other');
  });

  it('says that there is no such object, and stops when it is told to', async () => {
    await expect(service.readUrl(url('missing'))).rejects.toMatchObject({ name: expect.stringMatching(/NotFound/) });
    expect(await service.search(url('missing'))).toEqual({ files: [], etag: '' });
    await expect(service.readUrl(url('a'), { signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: 'AbortError',
    });
  });

  it('reads a folder, and tells when nothing has changed', async () => {
    for (const key of ['folder/a.txt', 'folder/inner/b.txt', 'folder-2/c.txt', 'd.txt']) objects.set(key, `at ${key}`);
    const tree = await service.readTree(url('folder'), { filter: (path) => path !== 'skipped' });
    const files = await tree.files();
    const found = await Promise.all(files.map(async ({ path, content }) => [path, String(await content())]));
    expect(found.sort()).toEqual([
      ['a.txt', 'at folder/a.txt'],
      ['inner/b.txt', 'at folder/inner/b.txt'],
    ]);
    const { etag } = tree;
    await expect(service.readTree(url('folder'), { etag })).rejects.toMatchObject({ name: 'NotModifiedError' });
    objects.set('folder/a.txt', 'changed');
    expect((await (await service.readTree(url('folder'), { etag })).files()).length).toBe(2);
  });

  it('finds objects by the start of their keys', async () => {
    for (const key of ['folder/a.txt', 'folder/b.txt', 'd.txt']) objects.set(key, `at ${key}`);
    await expect(service.search(url('*/a.txt'))).rejects.toMatchObject({ code: 'ERR_URL_READER_NOT_IMPLEMENTED' });
    if (fake.hasFolders) {
      await expect(service.search(url('a*'))).rejects.toMatchObject({ code: 'ERR_URL_READER_NOT_IMPLEMENTED' });
      return;
    }
    const { files, etag } = await service.search(url('folder/*'));
    expect(files.map((file) => file.url)).toEqual([url('folder/a.txt'), url('folder/b.txt')]);
    expect(String(await files[1]!.content())).toBe('at folder/b.txt');
    await expect(service.search(url('folder/*'), { etag })).rejects.toMatchObject({ name: 'NotModifiedError' });
  });
});
