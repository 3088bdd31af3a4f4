import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { metrics, type MeterProvider } from '@opentelemetry/api';
import {
  compile,
  errorOf,
  json,
  operation,
  serveOperation,
  serveRoutes,
  type ContractServer,
  type OperationPart,
} from './contract-server.ts';
import { createRoutes, type ServedOperation } from '../src/server/index.ts';

let server: ContractServer | undefined;

afterEach(async () => {
  await server?.stop();
  server = undefined;
});

async function respond(
  given: unknown,
  part: Partial<OperationPart> = {},
  { development = true, method = 'GET' } = {},
): Promise<Response> {
  server = await serveOperation({ path: '/', ...part }, () => given, { development });
  return fetch(server.url, { method });
}

const TODO = compile({ type: 'object', properties: { id: { type: 'integer' } }, required: ['id'] });

describe('a response', () => {
  it('goes out as the contract says', async () => {
    const response = await respond(
      { status: 201, body: { id: 1 }, headers: { Location: '/1', 'X-Numbers': [1, 2], 'X-None': undefined } },
      {
        responses: {
          201: {
            contents: [{ mediaType: 'application/json', kind: 'json', check: TODO }],
            checkHeaders: compile({ properties: { location: { type: 'string' } }, required: ['location'] }),
          },
        },
      },
    );
    expect(response.status).toBe(201);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(response.headers.get('content-length')).toBe('8');
    expect(response.headers.get('location')).toBe('/1');
    expect(response.headers.get('x-numbers')).toBe('1, 2');
    expect(response.headers.has('x-none')).toBe(false);
    expect(await response.text()).toBe('{"id":1}');
  });

  it('is prepared by what the contract brings', async () => {
    const secret = { id: 1, password: 'p' };
    const response = await respond(
      { status: 200, body: secret },
      {
        responses: {
          200: {
            contents: [
              {
                mediaType: 'application/json',
                kind: 'json',
                prepare: (body) => ({ id: (body as { id: number }).id }),
              },
            ],
          },
        },
      },
    );
    expect(await response.text()).toBe('{"id":1}');
    expect(secret).toEqual({ id: 1, password: 'p' });
  });

  it.each<[string, unknown, ServedOperation['responses'], { pointer: string; message: string }]>([
    [
      'has another status',
      { status: 404, body: {} },
      { 200: json(), '3XX': json() },
      { pointer: '/status', message: 'must be one of 200, 3XX, but is 404' },
    ],
    [
      'lacks a property',
      { status: 200, body: { name: 'x' } },
      { 200: { contents: [{ mediaType: 'application/json', kind: 'json', check: TODO }] } },
      { pointer: '/body/id', message: 'is missing' },
    ],
    [
      'has a wrong property',
      { status: 200, body: { id: 'x'.repeat(100) } },
      { 200: { contents: [{ mediaType: 'application/json', kind: 'json', check: TODO }] } },
      { pointer: '/body/id', message: `must be an integer, but is "${'x'.repeat(79)}…` },
    ],
    ['lacks its body', { status: 200 }, { default: json() }, { pointer: '/body', message: 'is missing' }],
    [
      'has a body too many',
      { status: 204, body: 1 },
      { 204: { contents: [] } },
      { pointer: '/body', message: 'must not be there, but is 1' },
    ],
    [
      'lacks a header',
      { status: 204 },
      { '2XX': { contents: [], checkHeaders: compile({ required: ['etag'] }) } },
      { pointer: '/headers/etag', message: 'is missing' },
    ],
    [
      'has another type',
      { status: 200, body: 'x', contentType: 'text/html' },
      { 200: { contents: [{ mediaType: 'text/plain', kind: 'text' }] } },
      { pointer: '/contentType', message: 'must be one of text/plain, but is "text/html"' },
    ],
    [
      'does not say which type',
      { status: 200, body: Buffer.from('x') },
      { 200: { contents: [{ mediaType: 'image/*', kind: 'binary' }] } },
      { pointer: '/contentType', message: 'must be one of image/*' },
    ],
  ])('that %s is a 500 that says so', async (_what, given, responses, violation) => {
    const error = await errorOf(await respond(given, { responses }));
    expect(error).toMatchObject({ status: 500, code: 'ERR_CONTRACT_RESPONSE', violations: [violation] });
    expect(error.message).toContain(`The response of 'operate' breaks the contract: ${violation.pointer}`);
  });

  it.each([undefined, null, 'text', {}, { status: '200' }, { status: 99 }])('cannot be %p', async (given) => {
    expect(await errorOf(await respond(given))).toMatchObject({ status: 500, code: 'ERR_CONTRACT_NO_RESPONSE' });
  });

  it.each([
    [{ status: 200, body: 7 }, 'application/octet-stream', 'binary'],
    [{ status: 200, body: 7 }, 'text/event-stream', 'events'],
    [{ status: 200, body: 7 }, 'text/plain', 'text'],
  ] as const)('cannot have the body %p as %s', async (given, mediaType, kind) => {
    const response = await respond(given, { responses: { 200: { contents: [{ mediaType, kind }] } } });
    expect(await errorOf(response)).toMatchObject({ status: 500, code: 'ERR_CONTRACT_BODY' });
  });

  it('has no body for HEAD, but the length of one', async () => {
    const response = await respond({ status: 200, body: { a: 1 } }, {}, { method: 'HEAD' });
    expect(response.headers.get('content-length')).toBe('7');
    expect(await response.text()).toBe('');
  });

  it('is not read for HEAD if it is a stream', async () => {
    const body = Readable.from(['a', 'b']);
    const responses = { 200: { contents: [{ mediaType: 'text/plain', kind: 'binary' as const }] } };
    const response = await respond({ status: 200, body }, { responses }, { method: 'HEAD' });
    expect(response.headers.get('content-type')).toBe('text/plain');
    expect(body.destroyed).toBe(true);
  });

  it('without a body has no type', async () => {
    const response = await respond({ status: 204 }, { responses: { 204: { contents: [] } } });
    expect(response.status).toBe(204);
    expect(response.headers.has('content-type')).toBe(false);
  });

  it('can be a form', async () => {
    const of = (mediaType: string, kind: 'form' | 'multipart') => ({
      responses: { 200: { contents: [{ mediaType, kind }] } },
    });
    const body = { title: 'ä', tags: ['a', 'b'], place: { x: 1 }, none: undefined };
    const form = await respond({ status: 200, body }, of('application/x-www-form-urlencoded', 'form'));
    expect([...new URLSearchParams(await form.text())]).toEqual([
      ['title', 'ä'],
      ['tags', 'a'],
      ['tags', 'b'],
      ['place', '{"x":1}'],
    ]);
    await server!.stop();
    const file = { file: new File(['f'], 'f.txt', { type: 'text/plain' }) };
    const multipart = await respond({ status: 200, body: file }, of('multipart/form-data', 'multipart'));
    expect(await ((await multipart.formData()).get('file') as File).text()).toBe('f');
  });
});

describe('in production, a response that breaks the contract', () => {
  const { NODE_ENV } = process.env;

  beforeEach(() => {
    process.env.NODE_ENV = 'production';
  });

  afterEach(() => {
    process.env.NODE_ENV = NODE_ENV;
    metrics.disable();
  });

  it('goes out as it is, with a warning and a count', async () => {
    const counted: unknown[] = [];
    const createCounter = (name: string) => ({
      add: (value: number, attributes: unknown) => counted.push([name, value, attributes]),
    });
    metrics.setGlobalMeterProvider({ getMeter: () => ({ createCounter }) } as unknown as MeterProvider);
    const given = { status: 202, body: { id: 'secret' } };
    const contents = [{ mediaType: 'application/json', kind: 'json' as const, check: TODO }];
    const response = await respond(given, { responses: { default: { contents } } }, { development: false });
    expect([response.status, await response.json()]).toEqual([202, { id: 'secret' }]);
    expect(server!.warnings).toEqual([
      {
        message: "A response of 'operate' breaks the contract (request request-1)",
        meta: { operation: 'operate', violations: [{ pointer: '/body/id', message: 'must be an integer' }] },
      },
    ]);
    expect(JSON.stringify(server!.warnings)).not.toContain('secret');
    const attributes = { plugin: 'todo', operation: 'operate', place: 'body' };
    expect(counted).toEqual([['bulkhead.contract.violations', 1, attributes]]);
  });

  it.each([
    ['text', 'text/plain; charset=utf-8', 'text'],
    [Buffer.from('bytes'), 'application/octet-stream', 'bytes'],
    [Readable.from(['stre', 'am']), 'application/octet-stream', 'stream'],
    [{ a: 1 }, 'application/json; charset=utf-8', '{"a":1}'],
    [undefined, null, ''],
  ])('has a fitting type where the contract says nothing (%#)', async (body, type, text) => {
    const response = await respond({ status: 500, body }, { responses: { 200: json() } }, { development: false });
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([500, type, text]);
  });
});

describe('a deprecated operation', () => {
  it.each([
    ['2026-01-01T00:00:00Z', '@1767225600'],
    ['2026-01-01', '@1767225600'],
    [true, 'true'],
  ] as const)('says so (%s), also in errors', async (deprecated, header) => {
    const part = { deprecated, sunset: '2027-01-01' };
    const response = await respond({ status: 200, body: 1 }, part);
    expect(response.headers.get('deprecation')).toBe(header);
    expect(response.headers.get('sunset')).toBe('Fri, 01 Jan 2027 00:00:00 GMT');
    expect((await fetch(`${server!.url}?x=1`)).headers.get('deprecation')).toBe(header);
  });
});

describe('handlers', () => {
  it('are called on their object, with what else there is to know', async () => {
    class Todos {
      readonly #name = 'todos';
      operate({ requestId, mountPath, credentials, request, signal }: Record<string, unknown>): unknown {
        const { method } = request as { method: string };
        return {
          status: 200,
          body: [this.#name, requestId, mountPath, credentials, method, (signal as AbortSignal).aborted],
        };
      }
    }
    const contract = { operations: [operation({ path: '/' })], document: () => ({}) };
    server = await serveRoutes(createRoutes(contract, new Todos() as { operate: (request: never) => unknown }));
    expect(await (await fetch(server.url)).json()).toEqual([
      'todos',
      'request-1',
      '/api/todo',
      { principal: { type: 'none' } },
      'GET',
      false,
    ]);
  });

  it('must be there for each operation', () => {
    const contract = { operations: [operation({ path: '/' })], document: () => ({}) };
    expect(() => createRoutes(contract, {})).toThrow(expect.objectContaining({ code: 'ERR_CONTRACT_MISSING_HANDLER' }));
  });
});
