import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { FormField } from '../src/index.ts';
import type { ServedContent } from '../src/server/index.ts';
import { compile, errorOf, serveOperation, type ContractServer } from './contract-server.ts';

let server: ContractServer | undefined;

afterEach(async () => {
  await server?.stop();
  server = undefined;
});

type Handle = (request: { readonly body: never; readonly contentType: string }) => unknown;

async function serve(contents: readonly ServedContent[], handle: Handle): Promise<string> {
  server = await serveOperation(
    { path: '/', method: 'POST', body: { required: true, contents } },
    async (request: Parameters<Handle>[0]) => ({ status: 200, body: await handle(request) }),
  );
  return server.url;
}

describe('a client that goes away while it sends', () => {
  it('makes no handler run', async () => {
    let calls = 0;
    const url = await serve([{ mediaType: 'application/json', kind: 'json' }], () => (calls += 1));
    const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1' });
    socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"a"');
    await once(socket, 'connect');
    // By then the server has the head.
    await fetch(url);
    socket.destroy();
    while (server!.failures.length === 0) await new Promise(setImmediate);
    expect(calls).toBe(0);
    expect(server!.failures).toEqual([expect.objectContaining({ code: 'ERR_CONTRACT_INCOMPLETE_BODY' })]);
  });
});

describe('a body without a byte', () => {
  async function answerTo(kind: ServedContent['kind'], mediaType: string): Promise<unknown> {
    const url = await serve([{ mediaType, kind }], ({ body }) => (kind === 'binary' ? text(body) : body));
    const response = await fetch(url, { method: 'POST', body: '', headers: { 'content-type': mediaType } });
    return response.ok ? response.json() : (await errorOf(response)).violations;
  }

  it.each([
    ['text', 'text/plain', ''],
    ['form', 'application/x-www-form-urlencoded', {}],
    ['binary', 'application/octet-stream', ''],
    ['json', 'application/json', [{ pointer: '/body', message: 'is missing' }]],
  ] as const)('is one of kind %s, or none', async (kind, mediaType, answer) => {
    expect(await answerTo(kind, mediaType)).toEqual(answer);
  });

  it('is none without a type', async () => {
    const url = await serve([{ mediaType: 'text/plain', kind: 'text' }], ({ body }) => body);
    const response = await fetch(url, { method: 'POST' });
    expect((await errorOf(response)).violations).toEqual([{ pointer: '/body', message: 'is missing' }]);
  });
});

const FIELDS: Record<string, FormField> = {
  title: { type: 'scalar', scalars: ['string'] },
  count: { type: 'scalar', scalars: ['integer'] },
  tags: { type: 'array', items: ['string'] },
  place: { type: 'json' },
  picture: { type: 'file', many: false },
  papers: { type: 'file', many: true },
};

describe('a form', () => {
  const form: ServedContent = { mediaType: 'application/x-www-form-urlencoded', kind: 'form', fields: FIELDS };

  it('is read as what its fields are', async () => {
    const url = await serve([form], ({ body }) => body);
    const text = 'title=1+2%20%C3%A4&count=12&tags=a&place=%7B%22x%22%3A1%7D&other=5&more=1&more=2';
    const response = await fetch(url, { method: 'POST', body: text, headers: { 'content-type': form.mediaType } });
    expect(await response.json()).toEqual({
      title: '1 2 ä',
      count: 12,
      tags: ['a'],
      place: { x: 1 },
      other: '5',
      more: ['1', '2'],
    });
  });

  it.each([
    ['count=1&count=2', '/body/count', 'is given more than once'],
    ['title=%ff', '/body', 'has percent-encoded bytes that are not UTF-8'],
    ['__proto__=1', '/body/__proto__', 'is a name that is not allowed'],
    ['place={', '/body/place', expect.stringContaining('is not valid JSON')],
    ['place={"__proto__":1}', '/body/place/__proto__', 'is a name that is not allowed'],
    ['x=1&'.repeat(1_001), '/body', 'has more than 1000 fields'],
  ])('is refused as %.20s', async (text, pointer, message) => {
    const url = await serve([form], ({ body }) => body);
    const response = await fetch(url, { method: 'POST', body: text, headers: { 'content-type': form.mediaType } });
    expect((await errorOf(response)).violations).toEqual([{ pointer, message }]);
  });
});

describe('a multipart form', () => {
  const multipart: ServedContent = { mediaType: 'multipart/form-data', kind: 'multipart', fields: FIELDS };

  it('brings files beside its fields', async () => {
    const url = await serve([multipart], async ({ body }) => {
      const { picture, papers, ...rest } = body as { picture: File; papers: File[] };
      const file = [picture.name, picture.type, [...new Uint8Array(await picture.arrayBuffer())]];
      return {
        ...rest,
        file,
        papers: await Promise.all(papers.map(async (paper) => [paper.name, await paper.text()])),
      };
    });
    const form = new FormData();
    form.append('title', 'ä\r\nb');
    form.append('count', '12');
    form.append('tags', 'a');
    form.append('tags', 'b');
    form.append('place', new Blob(['{"x":1}'], { type: 'application/json' }));
    form.append('picture', new File([new Uint8Array([0, 13, 10, 255])], 'ä "1".png', { type: 'image/png' }));
    form.append('papers', new File(['one'], 'one.txt'));
    const response = await fetch(url, { method: 'POST', body: form });
    expect(await response.json()).toEqual({
      title: 'ä\r\nb',
      count: 12,
      tags: ['a', 'b'],
      place: { x: 1 },
      file: ['ä "1".png', 'image/png', [0, 13, 10, 255]],
      papers: [['one.txt', 'one']],
    });
  });

  it.each([
    ['multipart/form-data', 'x', '/headers/content-type', 'names no boundary'],
    ['multipart/form-data; boundary=b', 'no form', '/body', 'is not valid multipart/form-data'],
    ['multipart/form-data; boundary="b"', '--b\r\n\r\n'.repeat(1_100), '/body', 'has more than 1000 parts'],
  ])('is refused as %s with %.10s', async (type, text, pointer, message) => {
    const url = await serve([multipart], ({ body }) => body);
    const response = await fetch(url, { method: 'POST', body: text, headers: { 'content-type': type } });
    expect((await errorOf(response)).violations).toEqual([{ pointer, message }]);
  });
});

describe('a text', () => {
  const text: ServedContent = { mediaType: 'text/*', kind: 'text', check: compile({ maxLength: 5 }) };

  it('is read in its charset', async () => {
    const url = await serve([text], ({ body, contentType }) => [body, contentType]);
    const latin = new Uint8Array([0xe4, 0xdf]);
    const send = (body: string | Uint8Array<ArrayBuffer>, type: string) =>
      fetch(url, { method: 'POST', body, headers: { 'content-type': type } });
    expect(await (await send(latin, 'text/plain; charset=ISO-8859-1')).json()).toEqual(['äß', 'text/plain']);
    expect(await (await send('ä', 'Text/CSV; header=present; charset="utf-8"')).json()).toEqual(['ä', 'text/csv']);
    expect(await errorOf(await send(latin, 'text/plain'))).toMatchObject({
      violations: [{ pointer: '/body', message: 'is not valid in its charset' }],
    });
    expect(await errorOf(await send('abcdef', 'text/plain'))).toMatchObject({
      violations: [{ pointer: '/body', message: 'must have at most 5 characters' }],
    });
    expect(await errorOf(await send('a', 'text/plain; charset=klingon'))).toMatchObject({
      status: 415,
      code: 'ERR_CONTRACT_CHARSET',
    });
  });
});

describe('a binary body', () => {
  const binary: ServedContent = { mediaType: 'application/octet-stream', kind: 'binary' };

  it('is handed over as it comes in, and is not gathered', async () => {
    let received = 0;
    let highest = 0;
    const url = await serve([binary], async ({ body }) => {
      const stream = body as AsyncIterable<Uint8Array> & { readonly readableLength: number };
      for await (const chunk of stream) {
        received += chunk.length;
        highest = Math.max(highest, stream.readableLength);
        await new Promise(setImmediate);
      }
      return received;
    });
    let pulled = 0;
    const source = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1;
        controller.enqueue(new Uint8Array(64 * 1024));
        if (pulled === 200) controller.close();
      },
    });
    const init = { method: 'POST', body: source, duplex: 'half', headers: { 'content-type': binary.mediaType } };
    const response = await fetch(url, init as RequestInit);
    expect(await response.json()).toBe(200 * 64 * 1024);
    expect(highest).toBeLessThan(1024 * 1024);
  });

  it('holds the sender back while nobody reads', async () => {
    const size = 64 * 1024 * 1024;
    const url = await serve([binary], async ({ body }) => {
      const request = body as IncomingMessage;
      while (request.readableLength < request.readableHighWaterMark) await new Promise(setImmediate);
      for (let turn = 0; turn < 100; turn++) await new Promise(setImmediate);
      const held = request.readableLength;
      let received = 0;
      for await (const chunk of request) received += (chunk as Buffer).length;
      return [held < 1024 * 1024, received];
    });
    const response = await fetch(url, {
      method: 'POST',
      body: Buffer.alloc(size),
      headers: { 'content-type': binary.mediaType },
    });
    expect(await response.json()).toEqual([true, size]);
  });
});

describe('contents', () => {
  it('are told apart by their media types, the narrowest first', async () => {
    const url = await serve(
      [
        { mediaType: '*/*', kind: 'binary' },
        { mediaType: 'image/*', kind: 'binary' },
        { mediaType: 'application/json', kind: 'json' },
      ],
      ({ body, contentType }) => [contentType, typeof (body as { pipe?: unknown }).pipe],
    );
    const send = async (type: string) =>
      (await fetch(url, { method: 'POST', body: '{}', headers: { 'content-type': type } })).json();
    expect(await send('application/json')).toEqual(['application/json', 'undefined']);
    expect(await send('image/PNG')).toEqual(['image/png', 'function']);
    expect(await send('font/woff2')).toEqual(['font/woff2', 'function']);
  });
});
