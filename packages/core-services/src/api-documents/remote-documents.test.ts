import { afterEach, describe, expect, it } from '@jest/globals';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DOCUMENT_MEDIA_TYPE, RemoteDocuments } from './remote-documents.ts';

const DOCUMENT = { openapi: '3.1.0', paths: {} };
const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/todo`;
}

const answering =
  (status: number, body: string, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) =>
    void response.writeHead(status, headers).end(body);

const good = answering(200, JSON.stringify(DOCUMENT));

function fetchFrom(...baseUrls: string[]): ReturnType<RemoteDocuments['fetch']> {
  return fetchWithin(30_000, ...baseUrls);
}

function fetchWithin(timeout: number, ...baseUrls: string[]): ReturnType<RemoteDocuments['fetch']> {
  const remote = new RemoteDocuments({ timeout, maxSize: 1_000 });
  return remote.fetch({ pluginId: 'todo', baseUrls, authorization: 'Bearer x' });
}

const unavailable = (reason: string): object => ({ type: 'unavailable', reason });

describe('a document in another process', () => {
  it('is asked for with the credentials of the caller', async () => {
    const url = await serve(({ url: target, headers }, response) => {
      response.end(JSON.stringify({ ...DOCUMENT, 'x-asked': [target, headers.authorization, headers.accept] }));
    });
    expect(await fetchFrom(url)).toEqual({
      type: 'document',
      document: { ...DOCUMENT, 'x-asked': ['/api/todo/openapi.json', 'Bearer x', DOCUMENT_MEDIA_TYPE] },
    });
  });

  it('is asked for once by all who ask at the same time with the same credentials', async () => {
    let count = 0;
    const url = await serve((request, response) => {
      count += 1;
      good(request, response);
    });
    const remote = new RemoteDocuments();
    const ask = (authorization: string): Promise<unknown> =>
      remote.fetch({ pluginId: 'todo', baseUrls: [url], authorization });
    await Promise.all([ask('a'), ask('a'), ask('b')]);
    expect(count).toBe(2);
    await ask('a');
    expect(count).toBe(3);
  });

  it('need not exist', async () => {
    expect(await fetchFrom(await serve(answering(404, '{}')))).toEqual({ type: 'none' });
  });

  it('comes from the next replica when one is down, slow or of no use', async () => {
    const gone = await serve(good);
    servers.splice(0).forEach((server) => server.close());
    const slow = await serve(() => undefined);
    const replicas = [gone, slow, await serve(answering(500, '')), await serve(good)];
    expect(await fetchWithin(3_000, ...replicas)).toMatchObject({ type: 'document' });
  });
});

describe('a process that does not give the document', () => {
  it.each([
    [401, '', 'does not accept the credentials'],
    [403, '', 'does not accept the credentials'],
    [503, '', 'answered 503'],
    [200, 'no json', 'answered with something else'],
    [200, '[]', 'answered with something else'],
    [200, '{"swagger":"2.0"}', 'answered with something else'],
    [200, `{"openapi":"3.1.0","x":"${'x'.repeat(1_000)}"}`, 'has a document that is too large'],
  ])('may answer %i', async (status, body, reason) => {
    expect(await fetchFrom(await serve(answering(status, body)))).toEqual(unavailable(reason));
  });

  it('cannot send the token elsewhere', async () => {
    let asked = false;
    const other = await serve((_request, response) => {
      asked = true;
      response.end(JSON.stringify(DOCUMENT));
    });
    expect(await fetchFrom(await serve(answering(302, '', { Location: other })))).toEqual(unavailable('answered 302'));
    expect(asked).toBe(false);
  });

  it('costs a bounded time, whether it says nothing or never ends', async () => {
    expect(await fetchWithin(100, await serve(() => undefined))).toEqual(unavailable('did not answer in time'));
    const endless = await serve((_request, response) => void response.write('{'));
    expect(await fetchWithin(1_000, endless)).toEqual(unavailable('did not answer in time'));
  });

  it('is down, or nobody knows it', async () => {
    const url = await serve(good);
    servers.splice(0).forEach((server) => server.close());
    expect(await fetchFrom(url)).toEqual(unavailable('cannot be reached'));
    expect(await fetchFrom()).toEqual(unavailable('runs in no process that is known'));
  });
});
