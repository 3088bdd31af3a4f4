import { afterEach, describe, expect, it } from '@jest/globals';
import type { Parameter } from '../src/index.ts';
import { compile, errorOf, serveOperation, type ContractServer, type OperationPart } from './contract-server.ts';

let server: ContractServer | undefined;

afterEach(async () => {
  await server?.stop();
  server = undefined;
});

/** Serves an operation that answers with what its handler was given. */
async function serveEcho(part: OperationPart): Promise<string> {
  server = await serveOperation(
    part,
    ({ path, query, headers, cookies, body, contentType }: Record<string, unknown>) => ({
      status: 200,
      body: { path, query, headers, cookies, body, contentType },
    }),
  );
  return server.url;
}

const LIMIT: Parameter = {
  name: 'limit',
  part: 'query',
  style: 'form',
  explode: true,
  required: true,
  shape: { type: 'scalar', scalars: ['integer'] },
};
const ID: Parameter = { ...LIMIT, name: 'id', part: 'path', style: 'simple', explode: false };
const IF_MATCH: Parameter = {
  ...ID,
  name: 'if-match',
  part: 'headers',
  shape: { type: 'scalar', scalars: ['string'] },
};
const SESSION: Parameter = { ...LIMIT, name: 'session', part: 'cookies' };

const INTEGER = { type: 'integer', minimum: 1 };
const EVERYWHERE: OperationPart = {
  path: '/todos/{id}',
  method: 'POST',
  parameters: [LIMIT, ID, IF_MATCH, SESSION],
  checkParameters: compile({
    type: 'object',
    properties: {
      path: { type: 'object', properties: { id: INTEGER }, required: ['id'] },
      query: { type: 'object', properties: { limit: INTEGER }, required: ['limit'] },
      headers: { type: 'object', properties: { 'if-match': { type: 'string' } }, required: ['if-match'] },
      cookies: { type: 'object', properties: { session: INTEGER }, required: ['session'] },
    },
  }),
  body: {
    required: true,
    contents: [
      {
        mediaType: 'application/json',
        kind: 'json',
        check: compile({
          type: 'object',
          properties: { title: { type: 'string', minLength: 1 }, 'a/b~c': { enum: ['x', 'y'] } },
          required: ['title'],
          additionalProperties: false,
        }),
      },
    ],
  },
};
const JSON_HEADERS = { 'content-type': 'application/json' };

describe('a request that breaks its contract', () => {
  it('is answered with every place that is wrong', async () => {
    const url = await serveEcho(EVERYWHERE);
    const response = await fetch(`${url}/todos/one?limit=0&limits=2`, {
      method: 'POST',
      headers: { ...JSON_HEADERS, cookie: 'session=1.5; other=%' },
      body: '{"a/b~c":"z","done":true}',
    });
    const error = await errorOf(response);
    expect(error).toMatchObject({ status: 400, name: 'InputError', code: 'ERR_CONTRACT_REQUEST' });
    expect(error.hint).toBe("Did you mean 'limit' in place of the query parameter 'limits'?");
    expect([...(error.violations ?? [])].sort((one, other) => (one.pointer < other.pointer ? -1 : 1))).toEqual([
      { pointer: '/body/a~1b~0c', message: 'must be one of "x", "y"' },
      { pointer: '/body/done', message: 'is not known to the contract' },
      { pointer: '/body/title', message: 'is missing' },
      { pointer: '/cookies/session', message: 'must be an integer' },
      { pointer: '/headers/if-match', message: 'is missing' },
      { pointer: '/path/id', message: 'must be an integer' },
      { pointer: '/query/limit', message: 'must be >= 1' },
      { pointer: '/query/limits', message: 'is not a parameter of this operation' },
    ]);
  });

  it('lists a hundred places, and says how many there are', async () => {
    const url = await serveEcho({ path: '/todos' });
    const query = Array.from({ length: 130 }, (_, index) => `x${index}=1`).join('&');
    const error = await errorOf(await fetch(`${url}/todos?${query}`));
    expect(error.violations).toHaveLength(100);
    expect(error.message).toContain('and 129 more (the first 100 are listed)');
  });

  it('gets through when it is mended', async () => {
    const url = await serveEcho(EVERYWHERE);
    const response = await fetch(`${url}/todos/7?limit=10`, {
      method: 'POST',
      headers: { ...JSON_HEADERS, cookie: 'session=3', 'if-match': '"a, b"' },
      body: '{"title":"t"}',
    });
    expect(await response.json()).toEqual({
      path: { id: 7 },
      query: { limit: 10 },
      headers: { 'if-match': '"a, b"' },
      cookies: { session: 3 },
      body: { title: 't' },
      contentType: 'application/json',
    });
  });
});

describe('query parameters', () => {
  it.each([
    ['limit=1&limit=2', '/query/limit', 'is given more than once'],
    ['limit=%ff', '/query/limit', 'has percent-encoded bytes that are not UTF-8'],
    ['limit=1&%ff=1', '/query', 'has a name with percent-encoded bytes that are not UTF-8'],
    ['limit=1&__proto__=1', '/query/__proto__', 'is not a parameter of this operation'],
    ['limit=1&constructor=1', '/query/constructor', 'is not a parameter of this operation'],
    ['limit=', '/query/limit', 'must be an integer'],
    ['limit=1e400', '/query/limit', 'must be an integer'],
    ['limit=0x10', '/query/limit', 'must be an integer'],
    ['limit=+1', '/query/limit', 'must be an integer'],
    ['limit=01', '/query/limit', 'must be an integer'],
    ['limit=9007199254740993', '/query/limit', 'must be an integer'],
  ])('are refused as %s', async (query, pointer, message) => {
    const url = await serveEcho({
      path: '/todos',
      parameters: [LIMIT],
      checkParameters: compile({
        properties: { query: { type: 'object', properties: { limit: { type: 'integer' } }, required: ['limit'] } },
      }),
    });
    const error = await errorOf(await fetch(`${url}/todos?${query}`));
    expect(error.violations).toEqual([{ pointer, message }]);
  });

  it('may be more than the contract names where it says so', async () => {
    const url = await serveEcho({ path: '/todos', parameters: [LIMIT], allowsOtherQuery: true });
    const response = await fetch(`${url}/todos?limit=1&other=2&__proto__=3`);
    expect(await response.json()).toEqual({ query: { limit: 1 } });
  });
});

const JSON_BODY: OperationPart = {
  path: '/todos',
  method: 'POST',
  body: { required: true, contents: [{ mediaType: 'application/json', kind: 'json' }] },
};

async function post(
  url: string,
  body: string | Uint8Array<ArrayBuffer> | undefined,
  headers: Record<string, string> = JSON_HEADERS,
): Promise<Response> {
  return fetch(`${url}/todos`, { method: 'POST', headers, body });
}

describe('a JSON body', () => {
  it.each<[string, string | Uint8Array<ArrayBuffer>, string, string]>([
    ['is cut off', '{"a":', '/body', 'is not valid JSON'],
    ['has a comment', '{/**/}', '/body', 'is not valid JSON'],
    ['has bytes that are not UTF-8', new Uint8Array([0x22, 0xff, 0x22]), '/body', 'is not valid in its charset'],
    [
      'sets a prototype',
      '{"a":[{"__proto__":{"admin":true}}]}',
      '/body/a/0/__proto__',
      'is a name that is not allowed',
    ],
    ['sets a prototype in disguise', '{"\\u005f_proto__":1}', '/body/__proto__', 'is a name that is not allowed'],
    [
      'reaches for a prototype',
      '{"constructor":{"prototype":{}}}',
      '/body/constructor',
      'is a name that is not allowed',
    ],
    ['is nested too deep', '['.repeat(100_000) + ']'.repeat(100_000), '/body', 'is nested deeper than 500 levels'],
    [
      'is nested too deep behind strings',
      `["]]]]\\"]",${'['.repeat(1_001)}`,
      '/body',
      'is nested deeper than 500 levels',
    ],
  ])('is refused if it %s', async (_what, body, pointer, message) => {
    const error = await errorOf(await post(await serveEcho(JSON_BODY), body));
    expect(error).toMatchObject({ status: 400, code: 'ERR_CONTRACT_REQUEST' });
    expect(error.violations).toEqual([{ pointer, message: expect.stringContaining(message) }]);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  it.each(['{"constructor":"Bob"}', '["__proto__"]', '"\\u0041"', '\ufeff{"a":1}', 'null', '0', '""'])(
    'may be %s',
    async (text) => {
      const response = await post(await serveEcho(JSON_BODY), text);
      expect(await response.json()).toMatchObject({ body: JSON.parse(text.replace('\ufeff', '')) as unknown });
    },
  );

  it('is required where the contract says so', async () => {
    const url = await serveEcho(JSON_BODY);
    for (const body of [undefined, '']) {
      expect((await errorOf(await post(url, body))).violations).toEqual([{ pointer: '/body', message: 'is missing' }]);
    }
    const chunked = new ReadableStream({ start: (controller) => controller.close() });
    const init = { method: 'POST', headers: JSON_HEADERS, body: chunked, duplex: 'half' } as RequestInit;
    expect((await errorOf(await fetch(`${url}/todos`, init))).violations).toEqual([
      { pointer: '/body', message: 'is missing' },
    ]);
  });

  it('may be absent where it is not required', async () => {
    const url = await serveEcho({ ...JSON_BODY, body: { ...JSON_BODY.body!, required: false } });
    expect(await (await post(url, undefined, {})).json()).toEqual({});
  });

  it('is refused by an operation that takes none', async () => {
    const error = await errorOf(await post(await serveEcho({ path: '/todos', method: 'POST' }), '{}'));
    expect(error.violations).toEqual([{ pointer: '/body', message: 'must not be there: the operation takes no body' }]);
  });

  it.each([
    ['text/plain', 'ERR_CONTRACT_MEDIA_TYPE', 'Send one of: application/json'],
    ['application/json; charset=utf-16', 'ERR_CONTRACT_CHARSET', 'Send it in UTF-8.'],
  ])('is refused as %s', async (type, code, hint) => {
    const error = await errorOf(await post(await serveEcho(JSON_BODY), '{}', { 'content-type': type }));
    expect(error).toMatchObject({ status: 415, name: 'UnsupportedMediaTypeError', code, hint });
  });

  it('is refused without a type, and if it is compressed', async () => {
    const url = await serveEcho(JSON_BODY);
    expect(await errorOf(await post(url, new Uint8Array([0x7b, 0x7d]), {}))).toMatchObject({
      status: 415,
      message: 'The body has no Content-Type',
    });
    expect(await errorOf(await post(url, '{}', { ...JSON_HEADERS, 'content-encoding': 'gzip' }))).toMatchObject({
      status: 415,
      code: 'ERR_CONTRACT_ENCODING',
    });
  });

  it('is prepared before it is checked', async () => {
    const url = await serveEcho({
      ...JSON_BODY,
      body: {
        required: true,
        contents: [
          {
            mediaType: 'application/json',
            kind: 'json',
            prepare: (body) => {
              delete (body as { id?: unknown }).id;
              return body;
            },
            check: compile({ type: 'object', properties: { size: { default: 1 } }, additionalProperties: false }),
          },
        ],
      },
    });
    expect(await (await post(url, '{"id":7}')).json()).toMatchObject({ body: { size: 1 } });
  });
});
