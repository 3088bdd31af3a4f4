import { once } from 'node:events';
import { ConflictError, NotFoundError, NotModifiedError } from '@bulkhead/errors';
import type { CalledOperation } from '@bulkhead/openapi/client';
import type { HandlerContext } from '@bulkhead/openapi/server';
import express from 'express';
import { startTwoTransports, type OperationPart, type TwoTransports } from './two-transports.ts';

export const JSON_CONTENT = [{ mediaType: 'application/json', kind: 'json' }] as const;
const BINARY = [{ mediaType: 'application/octet-stream', kind: 'binary' }] as const;

/** What handlers see of a request, whatever its operation. */
interface AnyRequest extends HandlerContext {
  readonly path: Record<string, unknown>;
  readonly query: Record<string, unknown>;
  readonly headers: Record<string, unknown>;
  readonly body: unknown;
}

/** What the contract of the plugin tells. */
const CONTRACT = {
  echo: {
    method: 'POST',
    path: '/echo/{id}',
    parameters: [
      {
        name: 'id',
        part: 'path',
        style: 'simple',
        explode: false,
        required: true,
        shape: { type: 'scalar', scalars: ['string'] },
      },
      {
        name: 'limit',
        part: 'query',
        style: 'form',
        explode: true,
        required: false,
        shape: { type: 'scalar', scalars: ['integer'] },
      },
      {
        name: 'x-tags',
        part: 'headers',
        style: 'simple',
        explode: false,
        required: false,
        shape: { type: 'array', items: ['string'] },
      },
    ],
    body: { required: true, contents: JSON_CONTENT },
  },
  open: { path: '/open', isPublic: true },
  act: {
    method: 'POST',
    path: '/act/{what}',
    parameters: [
      {
        name: 'what',
        part: 'path',
        style: 'simple',
        explode: false,
        required: true,
        shape: { type: 'scalar', scalars: ['string'] },
      },
    ],
    responses: { 200: JSON_CONTENT, 204: [], 302: [], 304: [] },
  },
  upload: {
    method: 'POST',
    path: '/upload',
    body: { required: true, contents: BINARY },
  },
  download: { path: '/download', responses: { 200: BINARY } },
  follow: { path: '/follow', responses: { 200: [{ mediaType: 'text/event-stream', kind: 'events' }] } },
  submit: {
    method: 'POST',
    path: '/submit',
    body: {
      required: true,
      contents: [
        {
          mediaType: 'multipart/form-data',
          kind: 'multipart',
          fields: {
            title: { type: 'scalar', scalars: ['string'] },
            pages: { type: 'array', items: ['integer'] },
            file: { type: 'file', many: false },
          },
        },
      ],
    },
  },
  wait: { path: '/wait' },
  text: { path: '/text', responses: { 200: [{ mediaType: 'text/plain', kind: 'text' }] } },
} as const satisfies Record<string, OperationPart>;

/** What it serves besides: with Express, or by itself. */
const BESIDES = {
  express: { path: '/express' },
  expressStream: { path: '/express/stream', responses: { 200: BINARY } },
  chunked: { path: '/express/chunked' },
  short: { path: '/express/short' },
  torn: { path: '/express/torn', responses: { 200: BINARY } },
  broken: { path: '/express/broken' },
  page: { path: '/express/page' },
  unknown: { path: '/nowhere' },
  look: { method: 'HEAD', path: '/open' },
} as const satisfies Record<string, OperationPart>;

/** The operations that can be called, some of which are none of the contract. */
export type TargetOperation = keyof typeof CONTRACT | keyof typeof BESIDES;

/** What a caller knows of an operation. */
export function calledOperation(operationId: TargetOperation): CalledOperation {
  const part: OperationPart = { ...CONTRACT, ...BESIDES }[operationId];
  return { operationId, method: 'GET', parameters: [], responses: { 200: JSON_CONTENT }, ...part };
}

/** What the plugin has seen of its callers. */
export class Observations {
  /** What callers have said about how long they wait, told once they have hung up. */
  readonly hangUps: Promise<unknown>[] = [];
  /** How many chunks were taken of the stream without an end. */
  taken = 0;
  onSourceEnd: () => void = () => {};
}

const act: Record<string, () => unknown> = {
  nothing: () => ({ status: 204 }),
  elsewhere: () => ({ status: 302, headers: { location: 'http://127.0.0.1:1/' } }),
  unchanged: () => ({ status: 304 }),
  conflict: () => {
    throw new ConflictError('It is there', {
      code: 'ERR_TEST_THERE',
      hint: 'Take another name.',
      cause: new NotFoundError('The reason'),
    });
  },
  fault: () => {
    throw new TypeError('secret');
  },
  current: () => {
    throw new NotModifiedError('Nothing new');
  },
};

function createHandlers(seen: Observations): Record<keyof typeof CONTRACT, (request: AnyRequest) => unknown> {
  return {
    echo: ({ path, query, headers, body, credentials, requestId, request }) => {
      const { host: _1, connection: _2, 'x-request-timeout-ms': _3, authorization, ...others } = request.headers;
      const kinds = { isSigned: authorization?.startsWith('Bearer ') };
      return {
        status: 200,
        body: {
          path,
          query,
          tags: headers['x-tags'],
          body,
          principal: credentials.principal,
          requestId,
          others,
          ...kinds,
        },
      };
    },
    open: ({ credentials }) => ({ status: 200, body: credentials.principal, headers: { 'x-count': '1' } }),
    act: ({ path }) => act[path.what as string]!(),
    upload: async ({ body, request }) => {
      let size = 0;
      for await (const chunk of body as AsyncIterable<Uint8Array>) size += chunk.length;
      return {
        status: 200,
        body: { size, type: request.headers['content-type'], length: request.headers['content-length'] ?? null },
      };
    },
    download: () => ({
      status: 200,
      body: (async function* () {
        try {
          for (;;) {
            seen.taken += 1;
            yield new Uint8Array(16 * 1024).fill(seen.taken % 256);
          }
        } finally {
          seen.onSourceEnd();
        }
      })(),
    }),
    follow: () => ({
      status: 200,
      body: (async function* () {
        yield { data: { n: 1 } };
        yield { data: 'two\nlines', event: 'text', id: '7' };
      })(),
    }),
    submit: async ({ body }) => {
      const { title, pages, file } = body as { title: string; pages: number[]; file: File };
      return { status: 200, body: { title, pages, name: file.name, type: file.type, text: await file.text() } };
    },
    wait: ({ signal, request }) => {
      seen.hangUps.push(once(signal, 'abort').then(() => request.headers['x-request-timeout-ms']));
      return new Promise(() => {});
    },
    text: () => ({ status: 200, body: 'häßlich 🚢' }),
  };
}

function createRouter(): express.Router {
  const router = express.Router();
  router.get('/express', (request, response) => void response.json({ url: request.originalUrl, ip: request.ip }));
  router.get('/express/stream', (_request, response) => {
    response.type('application/octet-stream');
    for (let index = 0; index < 5; index++) response.write(Buffer.alloc(10, index));
    response.end();
  });
  router.get('/express/chunked', (_request, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json', 'Transfer-Encoding': 'chunked' });
    response.write('{"a":');
    response.end('1}');
  });
  router.get('/express/short', (_request, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': 10 });
    response.end('{}');
  });
  router.get('/express/torn', (_request, response) => {
    response.type('application/octet-stream');
    response.write('beginning', () => setImmediate(() => response.destroy()));
  });
  router.get('/express/broken', (_request, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.write('{"a":', () => response.destroy());
  });
  router.get('/express/page', (_request, response) => void response.type('html').send('<p>Hello</p>'));
  return router;
}

/** Starts the plugin, together with one that calls it. Calls are not repeated. */
export function startTarget(seen: Observations): Promise<TwoTransports<keyof typeof CONTRACT>> {
  return startTwoTransports({
    operations: CONTRACT,
    handlers: createHandlers(seen),
    router: createRouter(),
    config: {
      backend: { server: { bodyLimits: { target: '2mb' } }, clients: { retries: 0, breaker: { failures: 0 } } },
    },
  });
}
