import { describe, expect, it } from '@jest/globals';
import {
  ConflictError,
  HttpError,
  InputError,
  NotFoundError,
  ServiceUnavailableError,
  fromErrorBody,
  toErrorBody,
} from './index.ts';

const request = { method: 'GET', url: '/api/todo/items/7' };
const context = { request, requestId: 'r-1' };

/** What is left of a body after it went over the wire. */
function overTheWire(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body));
}

describe('toErrorBody', () => {
  it('names the error, the request, the status and the request id', () => {
    const body = toErrorBody(new NotFoundError('No todo 7', { hint: 'List them first.' }), context);
    expect(body).toEqual({
      error: { name: 'NotFoundError', message: 'No todo 7', code: 'ERR_HTTP_NOT_FOUND', hint: 'List them first.' },
      request,
      response: { statusCode: 404 },
      requestId: 'r-1',
    });
  });

  it('hides what an unexpected error says, and says where to look', () => {
    const error = Object.assign(new TypeError('password "hunter2" of undefined'), { query: 'select 1' });
    expect(toErrorBody(error, context)).toEqual({
      error: {
        name: 'InternalError',
        message: "The request failed inside the server. The server's log has the details under request id r-1.",
        code: 'ERR_HTTP_INTERNAL',
      },
      request,
      response: { statusCode: 500 },
      requestId: 'r-1',
    });
  });

  it('shows the message of an unexpected error in development, but never its stack or fields', () => {
    const error = Object.assign(new TypeError('x is not a function'), { query: 'select 1' });
    const body = toErrorBody(error, { development: true });
    expect(body.error).toEqual({ name: 'TypeError', message: 'x is not a function', code: 'ERR_HTTP_INTERNAL' });
  });

  it('leaves out a hint for the operator of a failing server', () => {
    const body = toErrorBody(new ServiceUnavailableError('Starting', { hint: 'Start PostgreSQL.' }));
    expect(body.error).toEqual({
      name: 'ServiceUnavailableError',
      message: 'Starting',
      code: 'ERR_HTTP_SERVICE_UNAVAILABLE',
    });
  });

  it('hides the message of a system error even if it has a 4xx status', () => {
    const error = Object.assign(new Error("ENOENT: no such file, stat '/srv/secret/index.html'"), {
      statusCode: 404,
      expose: true,
      syscall: 'stat',
      code: 'ENOENT',
    });
    expect(toErrorBody(error).error).toEqual({
      name: 'NotFoundError',
      message: 'The request failed with status 404',
      code: 'ERR_HTTP_NOT_FOUND',
    });
  });

  it('respects expose: false', () => {
    const error = Object.assign(new Error('internal reasons'), { status: 418, expose: false });
    expect(toErrorBody(error).error).toEqual({
      name: 'HttpError',
      message: 'The request failed with status 418',
      code: 'ERR_HTTP_STATUS',
    });
  });

  it('gives a foreign error the code of its status', () => {
    const error = Object.assign(new Error('Too big'), { name: 'SizeError', statusCode: 413 });
    expect(toErrorBody(error).error).toEqual({
      name: 'SizeError',
      message: 'Too big',
      code: 'ERR_HTTP_PAYLOAD_TOO_LARGE',
    });
  });

  it('shows a cause only if it could be an answer itself', () => {
    const shown = new ConflictError('Outer', { cause: new InputError('Inner') });
    expect(toErrorBody(shown).error.cause).toEqual({ name: 'InputError', message: 'Inner', code: 'ERR_HTTP_INPUT' });
    const hidden = new ConflictError('Outer', { cause: new Error('duplicate key (email)=(a@b.c)') });
    expect(toErrorBody(hidden).error.cause).toBeUndefined();
    expect(toErrorBody(hidden, { development: true }).error.cause?.message).toContain('duplicate key');
  });

  it('lists the places that are wrong, a hundred at most and nothing that hangs on to them', () => {
    const violations = Array.from({ length: 120 }, (_, index) => ({
      pointer: `/body/${index}`,
      message: 'must be set',
      given: 'x',
    }));
    const body = toErrorBody(new InputError('Wrong in 120 places', { violations }));
    expect(body.error.violations).toHaveLength(100);
    expect(body.error.violations?.[99]).toEqual({ pointer: '/body/99', message: 'must be set' });
    expect(toErrorBody(new InputError('None', { violations: [] })).error).not.toHaveProperty('violations');
  });

  it('ends a ring of causes', () => {
    const error = new InputError('a');
    Object.defineProperty(error, 'cause', { value: error });
    expect(JSON.stringify(toErrorBody(error)).length).toBeLessThan(1000);
  });

  it.each(['text', 42, undefined, null, {}])('takes %p, which is no error', (thrown) => {
    expect(toErrorBody(thrown).response.statusCode).toBe(500);
    expect(toErrorBody(thrown).error.message).toBe('The request failed inside the server.');
    expect(toErrorBody(thrown, { development: true }).error.message).toMatch(/^Not an error: /);
  });
});

describe('fromErrorBody', () => {
  it('gives back the class that was thrown, with code, hint, cause and request id', () => {
    const thrown = new ConflictError('Taken', {
      code: 'ERR_TODO_TAKEN',
      hint: 'Choose another.',
      cause: new InputError('Same title'),
    });
    const error = fromErrorBody(overTheWire(toErrorBody(thrown, context)), 409);
    expect(error).toBeInstanceOf(ConflictError);
    expect(error).toMatchObject({
      message: 'Taken',
      code: 'ERR_TODO_TAKEN',
      hint: 'Choose another.',
      requestId: 'r-1',
      statusCode: 409,
    });
    expect(error.cause).toBeInstanceOf(InputError);
  });

  it('gives back the places that are wrong, and takes nothing else for such', () => {
    const violations = [{ pointer: '/query/limit', message: 'must be an integer' }];
    const error = fromErrorBody(overTheWire(toErrorBody(new InputError('Wrong', { violations }))));
    expect(error.violations).toEqual(violations);
    const forged = { error: { name: 'InputError', message: 'x', violations: [{ pointer: 1 }, null, 'x'] } };
    expect(fromErrorBody(forged, 400).violations).toBeUndefined();
  });

  it('finds the class by status if the name is unknown or does not fit', () => {
    const body = { error: { name: 'TodoGoneError', message: 'Gone' }, response: { statusCode: 404 } };
    expect(fromErrorBody(body)).toBeInstanceOf(NotFoundError);
    const misnamed = { error: { name: 'InputError', message: 'x' }, response: { statusCode: 409 } };
    expect(fromErrorBody(misnamed)).toBeInstanceOf(ConflictError);
  });

  it('gives a failure inside the other side a status of 500, whose message is not passed on', () => {
    const error = fromErrorBody(overTheWire(toErrorBody(new Error('boom'), context)));
    expect(error).toMatchObject({ statusCode: 500, code: 'ERR_HTTP_INTERNAL', requestId: 'r-1' });
    expect(error).toBeInstanceOf(HttpError);
    expect(toErrorBody(error).error.name).toBe('InternalError');
  });

  it.each([undefined, null, '<html>', [], {}, { error: 'x' }, { error: { message: 1 } }])(
    'makes do with the status if the body is %p',
    (body) => {
      const error = fromErrorBody(body, 502);
      expect(error).toMatchObject({ name: 'BadGatewayError', statusCode: 502 });
      expect(error.message).toBe('The other side answered with status 502 and no error body');
    },
  );

  it('ignores a status that is none', () => {
    const body = { error: { name: 'Error', message: 'x' }, response: { statusCode: 'many' } };
    expect(fromErrorBody(body).statusCode).toBe(500);
    expect(fromErrorBody({ ...body, response: { statusCode: 418 } })).toMatchObject({
      statusCode: 418,
      code: 'ERR_HTTP_STATUS',
    });
  });
});
