import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { mockServices, resolveService } from '@bulkhead/backend-test-utils';
import { urlReaderServiceFactory } from '@bulkhead/core-services/url-reader';
import type { JsonObject } from '@bulkhead/types';
import { Parser } from 'tar';
import { azure, bitbucketServer, github, gitlab, type FakeHost } from './fake-hosts.ts';
import { sendJson, sendStatus } from './fake-repository.ts';
import { openHost, type OpenHost } from './open-host.ts';

const opened: OpenHost[] = [];
afterEach(() => void jest.useRealTimers());
afterEach(() => Promise.all(opened.splice(0).map(({ site }) => site.stop())));

async function open(fake: FakeHost, reading?: JsonObject): Promise<OpenHost> {
  const host = await openHost(fake, reading);
  opened.push(host);
  return host;
}

/** A host that answers one path in another way. */
function differing(fake: FakeHost, pattern: RegExp, answer: FakeHost['answer']): FakeHost {
  return { ...fake, answer: (question) => (pattern.test(question.path) ? answer(question) : fake.answer(question)) };
}

it('GitHub: reads the archive when there are too many files to be listed', async () => {
  const { service, setFile, page } = await open(github);
  setFile('truncated', '');
  setFile('docs/a b.md', 'a');
  const { files } = await service.search(page('docs/*.md'));
  expect(files.map(({ url }) => url)).toEqual([page('docs/a%20b.md')]);
  expect(String(await files[0]!.content())).toBe('a');
});

it('GitHub: reads the root of the default branch', async () => {
  const host = differing(github, /repos\/owner\/repo$/, ({ response }) =>
    sendJson(response, { default_branch: 'main' }),
  );
  const { service, setFile, page } = await open(host);
  setFile('a.txt', 'a');
  const tree = await service.readTree(page('').replace(/\/blob.*/, ''));
  expect((await tree.files()).map(({ path }) => path)).toEqual(['a.txt']);
});

it('GitHub: says that it has been asked too often', async () => {
  const limited = differing(github, /contents/, ({ response }) =>
    sendStatus(response.setHeader('x-ratelimit-remaining', '0'), 403),
  );
  const { service, setFile } = await open(limited);
  await expect(service.readUrl(setFile('a.txt', ''))).rejects.toMatchObject({
    code: 'ERR_URL_READER_RATE_LIMIT',
    cause: { statusCode: 403 },
  });
});

it('GitLab: reads the artifacts of a job', async () => {
  const { service, setFile, page } = await open(gitlab);
  setFile('dist/report.txt', 'report');
  const url = page('dist/report.txt').replace('/-/blob/main/', '/-/jobs/artifacts/main/raw/');
  const { buffer: read, etag } = await service.readUrl(`${url}?job=test`);
  expect(String(await read())).toBe('report');
  expect(String(await (await service.readUrl(url, { etag })).buffer())).toBe('report');
});

it('Bitbucket Server: reads a branch', async () => {
  const { service, setFile, page, site } = await open(bitbucketServer);
  setFile('docs/a.txt', 'a');
  const tree = await service.readTree(`${page('docs')}?at=refs/heads/main`);
  expect((await tree.files()).map(({ path }) => path)).toEqual(['a.txt']);
  expect(site.requests.at(-1)!.url).toContain('at=main');
});

it('Bitbucket Server: knows repositories of users', async () => {
  const { service, page, site } = await open(bitbucketServer);
  await expect(service.readTree(page('').replace('/projects/owner', '/users/ada'))).rejects.toMatchObject({
    code: 'ERR_URL_READER_NOT_FOUND',
  });
  expect(site.requests.at(-1)!.url).toBe('/rest/api/1.0/projects/~ada/repos/repo/branches/default');
});

it('Azure: knows the page to sign in', async () => {
  const stranger = differing(azure, /items/, ({ response }) => response.writeHead(203).end('<html>Sign in'));
  const { service, setFile } = await open(stranger);
  await expect(service.readUrl(setFile('a.txt', ''))).rejects.toMatchObject({
    code: 'ERR_URL_READER_UNAUTHENTICATED',
    cause: { statusCode: 203 },
  });
});

it('says that an answer is not that of the API', async () => {
  const page = differing(github, /status$/, ({ response }) => response.end('<html>'));
  const { service, setFile } = await open(page);
  await expect(service.readTree(setFile('a.txt', ''))).rejects.toMatchObject({ code: 'ERR_URL_READER_ANSWER' });
});

it('says that a URL is not that of a repository', async () => {
  const { service, site } = await open(github);
  await expect(service.readTree(site.url('/login'))).rejects.toMatchObject({
    code: 'ERR_URL_READER_URL',
  });
});

it('says what is wrong with integrations when one is read from', async () => {
  const { service, page } = await open({ ...gitlab, config: (origin, host) => ({ host, apiBaseUrl: `${origin}x y` }) });
  await expect(service.readUrl(page('a.txt'))).rejects.toMatchObject({
    code: 'ERR_URL_READER_INTEGRATIONS',
    cause: expect.any(Error),
  });
});

it('reads from a public host if its kind is configured, and follows the configuration', async () => {
  const rootConfig = mockServices.rootConfig({ data: {} });
  const service = await resolveService(urlReaderServiceFactory, { services: { rootConfig } });
  await expect(service.readTree('https://github.com/login')).rejects.toMatchObject({ name: 'NotAllowedError' });
  rootConfig.update({ data: { integrations: { github: [] } } });
  await expect(service.readTree('https://github.com/login')).rejects.toMatchObject({ code: 'ERR_URL_READER_URL' });
});

it.each(['github.com', 'gitlab.com', 'bitbucket.org', 'dev.azure.com'])(
  'sends no credentials to %s that anybody on the way could read',
  async (host) => {
    const integrations = { github: [], gitlab: [], bitbucketCloud: [], azure: [] };
    const rootConfig = mockServices.rootConfig({ data: { integrations } });
    const service = await resolveService(urlReaderServiceFactory, { services: { rootConfig } });
    for (const path of ['owner/repo/blob/main/a.txt', 'owner/project/_git/repo?path=/a.txt']) {
      await expect(service.readUrl(`http://${host}/${path}`)).rejects.toMatchObject({ name: 'NotAllowedError' });
    }
  },
);

describe('a folder', () => {
  it('is written to a directory, or to a new one', async () => {
    const { service, setFile, page } = await open(github);
    setFile('docs/inner/a.txt', 'a');
    const target = await mkdtemp(join(tmpdir(), 'tree-'));
    for (const targetDir of [target, join(target, 'new'), undefined]) {
      const dir = await (await service.readTree(page('docs'))).dir({ targetDir });
      if (targetDir) expect(dir).toBe(targetDir);
      expect(await readdir(dir, { recursive: true })).toEqual(['inner', 'inner/a.txt']);
      expect(await readFile(join(dir, 'inner/a.txt'), 'utf8')).toBe('a');
      await rm(dir, { recursive: true });
    }
  });

  it('can be empty', async () => {
    const { service, setFile, page } = await open(github);
    setFile('a.txt', 'a');
    const tree = await service.readTree(page('docs'));
    const targetDir = join(await mkdtemp(join(tmpdir(), 'tree-')), 'new');
    expect(await readdir(await tree.dir({ targetDir }))).toEqual([]);
  });

  it.each([github, azure])('is packed again, or is what the host sent: $key', async (fake) => {
    const { service, setFile, page } = await open(fake);
    setFile('docs/a.txt', 'a');
    setFile('b.txt', 'b');
    const packed = await buffer((await (await service.readTree(page('docs'))).archive()) as AsyncIterable<Buffer>);
    expect(await namesIn(packed)).toEqual(['./a.txt']);
    const whole = await buffer((await (await service.readTree(page(''))).archive()) as AsyncIterable<Buffer>);
    expect(whole.subarray(0, 2)).toEqual(fake === azure ? Buffer.from('PK') : Buffer.from([0x1f, 0x8b]));
  });

  it('is limited in size, by a time, and by its caller', async () => {
    const small = await open(github, { trees: { maxSize: '1kb' } });
    small.setFile('docs/a.txt', 'x'.repeat(2_000));
    const tree = await small.service.readTree(small.page('docs'));
    await expect(tree.files()).rejects.toMatchObject({ code: 'ERR_URL_READER_TOO_LARGE' });

    const stuck = differing(github, /codeload/, ({ response }) => response.write('\x1f\x8b'));
    // The clock is the test's, the sockets are real.
    jest.useFakeTimers({
      doNotFake: ['Date', 'hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'setInterval'],
    });
    const slow = await open(stuck, { trees: { timeout: '10s' } });
    const endless = await slow.service.readTree(slow.setFile('docs/a.txt', 'a'));
    const refused = expect(endless.files()).rejects.toMatchObject({ code: 'ERR_URL_READER_TIMEOUT' });
    jest.advanceTimersByTime(10_000);
    await refused;
    jest.useRealTimers();

    const { service, setFile } = await open(stuck);
    const controller = new AbortController();
    const aborted = (await service.readTree(setFile('a.txt', 'a'), { signal: controller.signal })).dir();
    controller.abort();
    await expect(aborted).rejects.toMatchObject({ name: 'AbortError' });
  });
});

async function namesIn(archive: Buffer): Promise<string[]> {
  const names: string[] = [];
  const parser = new Parser();
  const ended = new Promise<void>((resolve) => parser.on('end', resolve));
  parser.on('entry', (entry) => {
    if (entry.type === 'File') names.push(entry.path);
    entry.resume();
  });
  parser.end(archive);
  await ended;
  return names;
}
