import { describe, expect, it } from '@jest/globals';
import type { Parameter } from '../../src/index.ts';
import { createConnection, type CalledOperation, type CallOptions, type CallRequest } from '../../src/client/index.ts';

const JSON_CONTENT = [{ mediaType: 'application/json', kind: 'json' }] as const;

function operationWith(parameter: Partial<Parameter>, rest: Partial<CalledOperation> = {}): CalledOperation {
  const whole = {
    name: 'x',
    part: 'query',
    style: 'form',
    explode: true,
    required: false,
    shape: SCALAR,
    ...parameter,
  };
  const path = parameter.part === 'path' ? '/{x}' : '/';
  return {
    operationId: 'operate',
    method: 'POST',
    path,
    parameters: [whole as Parameter],
    responses: { 200: JSON_CONTENT },
    ...rest,
  };
}

const SCALAR = { type: 'scalar', scalars: ['string'] } as const;
const LIST = { type: 'array', items: ['string'] } as const;
const connection = createConnection({
  baseUrl: 'http://127.0.0.1:1/api/todo/',
  fetch: () => {
    throw new TypeError('nothing may be sent');
  },
});

async function refusalOf(operation: CalledOperation, request: CallRequest, options?: CallOptions): Promise<unknown> {
  return connection.call(operation, request, options).then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('A parameter', () => {
  it.each<[string, Partial<Parameter>, unknown]>([
    ['that is missing from a path', { part: 'path', style: 'simple' }, undefined],
    ['that would make a path another one', { part: 'path', style: 'simple' }, '..'],
    ['that would make a path shorter', { part: 'path', style: 'simple' }, ''],
    ['that is no scalar', {}, { a: 1 }],
    ['that is no number', { shape: { type: 'scalar', scalars: ['number'] } }, NaN],
    ['that is no list', { shape: LIST }, 'text'],
    ['that is no object', { shape: { type: 'object', properties: {} } }, [1]],
    ['whose item is no scalar', { shape: LIST }, [{}]],
    ['whose item holds what separates items', { shape: LIST, style: 'pipeDelimited', explode: false }, ['a|b']],
    ['whose item holds a space that separates', { shape: LIST, style: 'spaceDelimited', explode: false }, ['a b']],
    ['that breaks a header', { name: 'x-y', part: 'headers', style: 'simple' }, 'a\r\nb: c'],
    ['that a header loses in part', { name: 'x-y', part: 'headers', style: 'simple' }, ' a'],
    ['that is half of a character', {}, '\ud800'],
  ])('%s is refused', async (_what, parameter, value) => {
    const { part = 'query', name = 'x' } = parameter;
    expect(await refusalOf(operationWith(parameter), { [part]: { [name]: value } })).toMatchObject({
      code: 'ERR_CLIENT_PARAMETER',
      message: expect.stringContaining(`/${part}/${name}`),
    });
  });

  it.each(['Connection', 'content-length', 'Host', 'transfer-encoding', 'Upgrade'])(
    'is for the transport to write: %s',
    async (name) => {
      expect(await refusalOf(operationWith({}), {}, { headers: { [name]: '1' } })).toMatchObject({
        code: 'ERR_CLIENT_PARAMETER',
        message: `The value of /headers/${name} cannot be sent: it is for the transport to write`,
      });
    },
  );

  it('that is none of the contract must be a header all the same', async () => {
    const none: readonly Record<string, string>[] = [{ 'x y': '1' }, { x: 'a\nb' }];
    for (const headers of none) {
      expect(await refusalOf(operationWith({}), {}, { headers })).toMatchObject({ code: 'ERR_CLIENT_PARAMETER' });
    }
  });
});

describe('A body', () => {
  const taking = (kind: 'json' | 'form' | 'multipart' | 'text' | 'binary', required = true): CalledOperation =>
    operationWith({}, { body: { required, contents: [{ mediaType: 'application/x', kind }] } });

  it.each<[string, CalledOperation, CallRequest]>([
    ['that is missing', taking('json'), {}],
    ['that nobody takes', operationWith({}), { body: 1 }],
    ['of another type', taking('json'), { body: 1, contentType: 'text/plain' }],
    ['that is no text', taking('text'), { body: 1 }],
    ['that is no form', taking('form'), { body: 'a=1' }],
    ['that is no form with files', taking('multipart'), { body: 1 }],
    ['that is nothing like bytes', taking('binary'), { body: 1 }],
    ['that JSON has no word for', taking('json'), { body: () => 1 }],
  ])('%s is refused', async (_what, operation, request) => {
    expect(await refusalOf(operation, request)).toMatchObject({ code: 'ERR_CLIENT_BODY' });
  });
});

describe('A base URL', () => {
  it.each(['', 'example.com', 'ftp://example.com', '//example.com', 'http://', 'https://example.com/?a=1', '/api#x'])(
    '%j is refused',
    (baseUrl) => {
      expect(() => createConnection({ baseUrl })).toThrow(expect.objectContaining({ code: 'ERR_CLIENT_BASE_URL' }));
    },
  );

  it.each([
    ['https://example.com/api/todo/', 'https://example.com/api/todo/'],
    ['/api/todo', '/api/todo/'],
  ])('%j is called', async (baseUrl, called) => {
    const urls: string[] = [];
    const fetch = async (url: string): Promise<Response> => {
      urls.push(url);
      return Response.json(1);
    };
    await createConnection({ baseUrl, fetch }).call(operationWith({}), {});
    expect(urls).toEqual([called]);
  });
});

describe('A token', () => {
  it('is given once, for each call, or by call', async () => {
    const sent: unknown[] = [];
    const fetch = async (_url: string, { headers }: RequestInit): Promise<Response> => {
      sent.push((headers as Record<string, string>).authorization);
      return Response.json(1);
    };
    const baseUrl = 'https://example.com';
    await createConnection({ baseUrl, fetch, token: 'a' }).call(operationWith({}), {});
    await createConnection({ baseUrl, fetch, token: async () => 'b' }).call(operationWith({}), {});
    await createConnection({ baseUrl, fetch, token: 'a' }).call(operationWith({}), {}, { token: 'c' });
    await createConnection({ baseUrl, fetch }).call(operationWith({}), {});
    expect(sent).toEqual(['Bearer a', 'Bearer b', 'Bearer c', undefined]);
  });
});
