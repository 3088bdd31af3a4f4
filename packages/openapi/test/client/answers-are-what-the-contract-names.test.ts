import { describe, expect, it } from '@jest/globals';
import { NotFoundError, toErrorBody } from '@bulkhead/errors';
import { responseOf, type CalledOperation } from '../../src/client/index.ts';
import { settle } from './fake-clock.ts';
import { GET, JSON_CONTENT, setUp, type Call } from './policy-setup.ts';
import { reset, type Script } from './scripted-transport.ts';

describe('An answer', () => {
  const attempt = async (script: Script, operation = GET): Promise<Call['error']> => {
    const { call } = setUp([script], { policy: { retries: 0 } });
    const outcome = call(operation);
    await settle();
    return outcome.error;
  };

  it('that is an error is thrown as the error that it was', async () => {
    const error = await attempt({
      status: 404,
      body: toErrorBody(new NotFoundError('No such todo', { code: 'ERR_TODO_NOT_FOUND' }), { requestId: 'r1' }),
      headers: { 'x-extra': 'yes' },
    });
    expect(error).toBeInstanceOf(NotFoundError);
    expect(error).toMatchObject({ code: 'ERR_TODO_NOT_FOUND', requestId: 'r1' });
    expect(responseOf(error)).toMatchObject({ status: 404, headers: { 'x-extra': 'yes' } });
    expect(responseOf(new NotFoundError(''))).toBeUndefined();
  });

  it('that the contract does not name is not taken for one', async () => {
    const expected = { name: 'BadGatewayError', code: 'ERR_CLIENT_UNEXPECTED_ANSWER' };
    expect(await attempt({ status: 200, body: '<html>', headers: { 'content-type': 'text/html' } })).toMatchObject(
      expected,
    );
    expect(await attempt({ status: 200, body: '{"a":' })).toMatchObject(expected);
    expect(await attempt({ status: 201, body: {} })).toMatchObject(expected);
    expect(await attempt({ status: 302 })).toMatchObject(expected);
    expect(await attempt({ status: 404, body: 'Not found', headers: { 'content-type': 'text/plain' } })).toMatchObject(
      expected,
    );
    expect(await attempt({ status: 503, body: 'Busy', headers: { 'content-type': 'text/plain' } })).toMatchObject({
      name: 'ServiceUnavailableError',
    });
  });

  it('of a foreign kind is an error of its status, if the contract names it', async () => {
    const operation: CalledOperation = { ...GET, responses: { ...GET.responses, '4XX': JSON_CONTENT } };
    const error = await attempt({ status: 422, body: { reason: 'odd' } }, operation);
    expect(error).toMatchObject({ name: 'HttpError', statusCode: 422 });
    expect(responseOf(error)?.body).toEqual({ reason: 'odd' });
  });

  it('that breaks off is a lost connection', async () => {
    const expected = { name: 'BadGatewayError', code: 'ERR_CLIENT_CONNECTION_LOST' };
    const outside = await attempt(reset);
    expect(outside).toMatchObject(expected);
    expect(outside).not.toHaveProperty('hint');
    // To pages, browsers do not say why there was no answer.
    Object.assign(globalThis, { document: {} });
    try {
      expect(await attempt(reset)).toMatchObject({ ...expected, hint: expect.stringContaining('backend.cors') });
    } finally {
      Reflect.deleteProperty(globalThis, 'document');
    }
  });
});
