import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { ReadUrlResponse } from '@bulkhead/backend-plugin-api';
import { createReaderOf } from './create-reader.ts';
import { SiteStarter, type Site } from './site.ts';

const sites = new SiteStarter();
afterEach(() => sites.stopAll());

const tooLarge = { name: 'BadGatewayError', code: 'ERR_URL_READER_TOO_LARGE' };
const tooSlow = { name: 'GatewayTimeoutError', code: 'ERR_URL_READER_TIMEOUT' };

/** Sends so many bytes, without saying how many there will be. */
function startChunked(bytes: number): Promise<Site> {
  return sites.start((_request, response) => {
    response.flushHeaders();
    response.end(Buffer.alloc(bytes, 'x'));
  });
}

/** Sends the head and a beginning, and then nothing. */
function startStalling(): Promise<Site> {
  return sites.start((_request, response) => void response.write('the beginning'));
}

async function drain(response: ReadUrlResponse): Promise<number> {
  let size = 0;
  for await (const chunk of response.stream!()) size += (chunk as Buffer).length;
  return size;
}

describe('the size of content', () => {
  it('is limited, to the byte', async () => {
    const site = await startChunked(1024);
    const exact = await createReaderOf([site], { maxSize: 1024 });
    expect(await (await exact.readUrl(site.url('/'))).buffer()).toHaveLength(1024);
    expect(await drain(await exact.readUrl(site.url('/')))).toBe(1024);
    const short = await createReaderOf([site], { maxSize: 1023 });
    await expect((await short.readUrl(site.url('/'))).buffer()).rejects.toMatchObject(tooLarge);
    await expect(drain(await short.readUrl(site.url('/')))).rejects.toMatchObject(tooLarge);
    await expect(short.search(site.url('/'))).rejects.toMatchObject(tooLarge);
  });

  it('is refused at once if the server says that it is too large', async () => {
    const site = await sites.start(
      (_request, response) => void response.writeHead(200, { 'content-length': 4097 }).write('x'),
    );
    const reader = await createReaderOf([site], { maxSize: '4kb' });
    const hungUp = site.untilHungUp();
    await expect(reader.readUrl(site.url('/'))).rejects.toMatchObject(tooLarge);
    await hungUp;
  });

  it('is counted decompressed: a small body that unpacks to a huge one is given up, and its connection closed', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 ** 2));
    const site = await sites.start((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': bomb.length });
      // All but the end, so that the connection is closed by nobody but the reader.
      response.write(bomb.subarray(0, -1));
    });
    const reader = await createReaderOf([site], { maxSize: '1mb' });
    const hungUp = site.untilHungUp();
    await expect((await reader.readUrl(site.url('/'))).buffer()).rejects.toMatchObject(tooLarge);
    await hungUp;
  });

  it('may be over the limit for a compressed body whose content is not', async () => {
    const body = gzipSync('text');
    const site = await sites.start((_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(body),
    );
    const reader = await createReaderOf([site], { maxSize: 4 });
    expect(body.length).toBeGreaterThan(4);
    expect(String(await (await reader.readUrl(site.url('/'))).buffer())).toBe('text');
  });
});

describe('the time of a reading', () => {
  beforeEach(() => {
    // The clock is the test's, the sockets are real.
    jest.useFakeTimers({
      doNotFake: ['Date', 'hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'setInterval'],
    });
  });
  afterEach(() => void jest.useRealTimers());

  it('is limited while there is no answer', async () => {
    const site = await sites.start();
    const reader = await createReaderOf([site], { timeout: '10s' });
    const [requested, hungUp] = [site.untilRequested(), site.untilHungUp()];
    const refused = expect(reader.readUrl(site.url('/'))).rejects.toMatchObject({
      ...tooSlow,
      message: `${site.url('/')} was not read to its end within 10000 ms`,
    });
    await requested;
    jest.advanceTimersByTime(10_000);
    await refused;
    await hungUp;
  });

  it('is limited while content comes slowly', async () => {
    const site = await startStalling();
    const reader = await createReaderOf([site], { timeout: '10s' });
    const [buffered, streamed] = [await reader.readUrl(site.url('/')), await reader.readUrl(site.url('/'))];
    const requested = site.untilRequested();
    const readings = [buffered.buffer(), drain(streamed), reader.search(site.url('/'))];
    const refused = readings.map((reading) => expect(reading).rejects.toMatchObject(tooSlow));
    await requested;
    jest.advanceTimersByTime(10_000);
    await Promise.all(refused);
  });

  it('is limited over all redirects together', async () => {
    const site = await sites.start((request, response) => {
      if (request.url === '/') response.writeHead(302, { location: '/a' }).write('a body without an end');
    });
    const reader = await createReaderOf([site], { timeout: '10s' });
    const redirected = site.untilRequested('/a');
    const requested = site.untilRequested('/');
    const refused = expect(reader.readUrl(site.url('/'))).rejects.toMatchObject(tooSlow);
    await requested;
    jest.advanceTimersByTime(9_999);
    await redirected;
    jest.advanceTimersByTime(1);
    await refused;
  });

  it('is 30 seconds unless configured', async () => {
    const site = await startStalling();
    const content = (await (await createReaderOf([site])).readUrl(site.url('/'))).buffer();
    const refused = expect(content).rejects.toMatchObject(tooSlow);
    jest.advanceTimersByTime(30_000);
    await refused;
  });

  it('closes the connection when nobody takes up the content', async () => {
    const rejections = jest.fn();
    process.on('unhandledRejection', rejections);
    const site = await startStalling();
    const reader = await createReaderOf([site], { timeout: '10s' });
    const hungUp = site.untilHungUp();
    const response = await reader.readUrl(site.url('/'));
    jest.advanceTimersByTime(10_000);
    await hungUp;
    await expect(response.buffer()).rejects.toMatchObject(tooSlow);
    process.off('unhandledRejection', rejections);
    expect(rejections).not.toHaveBeenCalled();
  });
});

describe('whoever reads', () => {
  it('can stop while there is no answer, for a reason of its own', async () => {
    const site = await sites.start(() => controller.abort(reason));
    const controller = new AbortController();
    const reason = new Error('changed my mind');
    const reader = await createReaderOf([site]);
    await expect(reader.readUrl(site.url('/'), { signal: controller.signal })).rejects.toBe(reason);
  });

  it('can stop in the middle of the content', async () => {
    const site = await startStalling();
    const controller = new AbortController();
    const reader = await createReaderOf([site]);
    const response = await reader.readUrl(site.url('/'), { signal: controller.signal });
    const content = response.buffer();
    controller.abort();
    await expect(content).rejects.toMatchObject({ name: 'AbortError' });
  });

  it.each(['before', 'after'])('can drop a stream %s its first chunk, which closes the connection', async (when) => {
    const site = await startStalling();
    const reader = await createReaderOf([site]);
    const hungUp = site.untilHungUp();
    const stream = (await reader.readUrl(site.url('/'))).stream!();
    if (when === 'after') for await (const chunk of stream) if (String(chunk) === 'the beginning') break;
    stream.destroy();
    await hungUp;
  });

  it('can have the content again, but a stream only once', async () => {
    const site = await sites.start((_request, response) => response.end('text'));
    const reader = await createReaderOf([site]);
    const buffered = await reader.readUrl(site.url('/'));
    expect(await buffered.buffer()).toBe(await buffered.buffer());
    expect(await drain(buffered)).toBe(4);
    const streamed = await reader.readUrl(site.url('/'));
    expect(await drain(streamed)).toBe(4);
    const taken = { code: 'ERR_URL_READER_CONTENT_TAKEN' };
    expect(() => streamed.stream!()).toThrow(expect.objectContaining(taken));
    await expect(streamed.buffer()).rejects.toMatchObject(taken);
  });

  it('gets nothing where there is nothing', async () => {
    const site = await sites.start((_request, response) => response.writeHead(204).end());
    const reader = await createReaderOf([site]);
    expect(await (await reader.readUrl(site.url('/'))).buffer()).toHaveLength(0);
    const response = await reader.readUrl(site.url('/'));
    await response.buffer();
    expect(await drain(response)).toBe(0);
  });
});
