import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import type { UrlReaderService } from '@bulkhead/backend-plugin-api';
import { subjectPerTest, type ContractSubject, type CreateSubject } from './subject.ts';

/** A reader, and something for it to read. */
export interface UrlReaderServiceSubject extends ContractSubject<UrlReaderService> {
  /** Puts content at a path of a host that may be read, and gives its URL. */
  setFile(path: string, content: string): string;
  /** A URL of a host that may not be read. */
  readonly forbiddenUrl: string;
}

/** What an implementation may lack. */
export interface UrlReaderAbilities {
  /** Reads folders. Default: yes. */
  readonly trees?: boolean;
}

/** Contract of {@link UrlReaderService}. */
export function describeUrlReaderService(
  name: string,
  create: CreateSubject<UrlReaderServiceSubject>,
  { trees = true }: UrlReaderAbilities = {},
): void {
  describe(`${name} as a UrlReaderService`, () => {
    const subject = subjectPerTest(create);
    describeReadUrl(subject);

    it('finds the file that a URL without wildcards names', async () => {
      const { service, setFile } = subject();
      const url = setFile('/folder/a.txt', 'text');
      const { files, etag } = await service.search(url);
      expect(files.map((file) => file.url)).toEqual([url]);
      expect(String(await files[0]!.content())).toBe('text');
      await expect(service.search(url, { etag })).rejects.toMatchObject({ name: 'NotModifiedError' });
    });

    if (trees) {
      it('reads a folder', async () => {
        const { service, setFile } = subject();
        const url = setFile('/folder/a.txt', 'one');
        setFile('/folder/inner/b.txt', 'two');
        setFile('/elsewhere/c.txt', 'three');
        const tree = await service.readTree(url.slice(0, -'/a.txt'.length));
        const files = await tree.files();
        expect(files.map(({ path }) => path).sort()).toEqual(['a.txt', 'inner/b.txt']);
      });
    } else {
      it('says that it cannot read folders', async () => {
        const { service, setFile } = subject();
        await expect(service.readTree(setFile('/folder/a.txt', 'x'))).rejects.toMatchObject({
          name: 'NotImplementedError',
        });
      });
    }

    it.each(['readUrl', 'readTree', 'search'] as const)('does not read from everywhere (%s)', async (method) => {
      const { service, forbiddenUrl } = subject();
      await expect(service[method](forbiddenUrl)).rejects.toMatchObject({ name: 'NotAllowedError' });
    });
  });
}

function describeReadUrl(subject: () => UrlReaderServiceSubject): void {
  it('reads a file, whole or as a stream', async () => {
    const { service, setFile } = subject();
    const url = setFile('/a.txt', 'text ä');
    const response = await service.readUrl(url);
    expect(String(await response.buffer())).toBe('text ä');
    const stream = (await service.readUrl(url)).stream?.();
    if (stream) expect(String(await buffer(stream))).toBe('text ä');
  });

  it('says that nothing has changed', async () => {
    const { service, setFile } = subject();
    const url = setFile('/a.txt', 'one');
    const { etag } = await service.readUrl(url);
    expect(etag).toEqual(expect.any(String));
    await expect(service.readUrl(url, { etag })).rejects.toMatchObject({ name: 'NotModifiedError' });
    setFile('/a.txt', 'two');
    expect(String(await (await service.readUrl(url, { etag })).buffer())).toBe('two');
  });

  it('says that nothing has changed since', async () => {
    const { service, setFile } = subject();
    const url = setFile('/a.txt', 'one');
    const { lastModifiedAt } = await service.readUrl(url);
    const unchanged = service.readUrl(url, { lastModifiedAfter: lastModifiedAt });
    await expect(unchanged).rejects.toMatchObject({ name: 'NotModifiedError' });
    const since = new Date(lastModifiedAt!.getTime() - 5_000);
    expect(String(await (await service.readUrl(url, { lastModifiedAfter: since })).buffer())).toBe('one');
  });

  it('says that there is no such file', async () => {
    const { service, setFile } = subject();
    const url = setFile('/a.txt', 'text');
    await expect(service.readUrl(`${url}.bak`)).rejects.toMatchObject({ name: 'NotFoundError' });
  });

  it('stops when it is told to', async () => {
    const { service, setFile } = subject();
    const url = setFile('/a.txt', 'text');
    await expect(service.readUrl(url, { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
  });
}
