import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { createServiceFactory, type UrlReaderService } from '@bulkhead/backend-plugin-api';
import { createServiceTester, mockServices, resolveService } from '@bulkhead/backend-test-utils';
import { describeUrlReaderService } from '@bulkhead/backend-test-utils/contracts';
import { packTar } from '../../test/url-reader/hosts/archives.ts';
import { Site } from '../../test/url-reader/site.ts';
import { urlReaderFactoriesServiceRef, type UrlReaderFactory } from './url-reader-factories.ts';
import { urlReaderServiceFactory } from './url-reader-service-factory.ts';

describeUrlReaderService(
  'DefaultUrlReaderService',
  async () => {
    const files = new Map<string, string>();
    const lastModified = new Date('2020-01-02T03:04:05Z').toUTCString();
    const site = await Site.start((request, response) => {
      const content = files.get(request.url!);
      if (content === undefined) return response.writeHead(404).end();
      const etag = `"${createHash('sha256').update(content).digest('hex')}"`;
      response.setHeaders(
        new Map([
          ['etag', etag],
          ['last-modified', lastModified],
        ]),
      );
      const { 'if-none-match': known, 'if-modified-since': since } = request.headers;
      const isCurrent = known === undefined ? since === lastModified : known === etag;
      return isCurrent ? response.writeHead(304).end() : response.end(content);
    });
    const rootConfig = mockServices.rootConfig({ data: { backend: { reading: { allow: [{ host: site.host }] } } } });
    return {
      service: await resolveService(urlReaderServiceFactory, { services: { rootConfig } }),
      setFile: (path, content) => {
        files.set(path, content);
        return site.url(path);
      },
      forbiddenUrl: 'http://forbidden.example/a.txt',
      dispose: () => site.stop(),
    };
  },
  { trees: false },
);

/** Reads the URLs of a protocol, and says who it is. */
function readersOf(protocol: string, name: string): UrlReaderFactory {
  const reader: UrlReaderService = {
    readUrl: async (url) => ({ buffer: async () => Buffer.from(`${name}: ${url}`) }),
    readTree: async () => Promise.reject(new Error(`${name}: no trees`)),
    search: async (url) => ({ files: [], etag: `${name}: ${url}` }),
  };
  return ({ config, logger }) => {
    logger.info(config.getString('greeting'));
    return [{ predicate: (url) => url.protocol === protocol, reader }];
  };
}

function provide(factory: UrlReaderFactory) {
  return createServiceFactory({ service: urlReaderFactoriesServiceRef, deps: {}, factory: () => factory });
}

describe('urlReaderFactoriesServiceRef', () => {
  it('takes readers that come before the plain one, in order', async () => {
    const rootConfig = mockServices.rootConfig({ data: { greeting: 'hello' } });
    const logger = mockServices.logger();
    const tester = createServiceTester(urlReaderServiceFactory, {
      services: { rootConfig, logger },
      deps: [
        provide(readersOf('s3:', 'first')),
        provide(readersOf('s3:', 'second')),
        provide(readersOf('http:', 'web')),
      ],
    });
    const service = await tester.get();
    expect(String(await (await service.readUrl('s3://bucket/a')).buffer())).toBe('first: s3://bucket/a');
    expect(await service.search('http://anywhere/*')).toEqual({ files: [], etag: 'web: http://anywhere/*' });
    await expect(service.readTree('s3://bucket/a')).rejects.toThrow('first: no trees');
    await expect(service.readUrl('https://anywhere/')).rejects.toMatchObject({ code: 'ERR_URL_READER_NOT_ALLOWED' });
    expect(logger.lines.map(({ message }) => message)).toEqual(['hello', 'hello', 'hello']);
  });

  it('follows a list that changes', async () => {
    const site = await Site.start((_request, response) => response.end('text'));
    const rootConfig = mockServices.rootConfig({ data: {} });
    const service = await resolveService(urlReaderServiceFactory, { services: { rootConfig } });
    await expect(service.readUrl(site.url('/'))).rejects.toMatchObject({ name: 'NotAllowedError' });
    rootConfig.update({ data: { backend: { reading: { allow: [{ host: site.host }] } } } });
    expect(String(await (await service.readUrl(site.url('/'))).buffer())).toBe('text');
    await site.stop();
  });

  it('gives readers the means to unpack what hosts send', async () => {
    const archive = await packTar([['docs/a.txt', 'a']], { folder: 'top' });
    const factory: UrlReaderFactory = ({ treeResponseFactory }) => {
      const readTree = async () => {
        return treeResponseFactory.fromTarArchive({ stream: Readable.from([archive]), subpath: 'docs', etag: 'e' });
      };
      const reader = { readTree } as Partial<UrlReaderService> as UrlReaderService;
      return [{ predicate: () => true, reader }];
    };
    const rootConfig = mockServices.rootConfig({ data: {} });
    const service = await createServiceTester(urlReaderServiceFactory, {
      services: { rootConfig },
      deps: [provide(factory)],
    }).get();
    const tree = await service.readTree('x://y');
    expect(tree.etag).toBe('e');
    expect((await tree.files()).map(({ path }) => path)).toEqual(['a.txt']);
  });
});
