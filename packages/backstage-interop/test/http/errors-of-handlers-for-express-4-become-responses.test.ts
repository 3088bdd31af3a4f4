import { expect, it } from '@jest/globals';
import { startTestBackend } from '@bulkhead/backend-test-utils';
import express from 'express';
import { openPlugin } from './foreign-plugin.ts';

function failing(error: unknown) {
  const router = express.Router();
  router.get('/x', () => {
    throw error;
  });
  return openPlugin('todo', router);
}

async function answerTo(error: unknown) {
  const { anonymous, logs } = await startTestBackend({ features: [failing(error)] });
  const { status, body, text } = await anonymous.get('/api/todo/x?a=1');
  return { status, body, text, logs };
}

function named(name: string, message: string, fields: object = {}): Error {
  return Object.assign(new Error(message), { name, ...fields });
}

it.each([
  ['NotModifiedError', 304],
  ['InputError', 400],
  ['AuthenticationError', 401],
  ['NotAllowedError', 403],
  ['NotFoundError', 404],
  ['ConflictError', 409],
  ['NotImplementedError', 501],
  ['ServiceUnavailableError', 503],
  ['SomethingElse', 500],
])('%s of another package is answered with %i', async (name, status) => {
  expect((await answerTo(named(name, 'What is wrong'))).status).toBe(status);
});

it('an error is answered by its body, with its cause and without fields of its own', async () => {
  const cause = named('InputError', 'The reason', { path: '/etc/secret' });
  const { body, text } = await answerTo(named('NotFoundError', 'No such thing', { cause, file: '/srv/secret' }));
  expect(body).toEqual({
    error: {
      name: 'NotFoundError',
      message: 'No such thing',
      code: 'ERR_HTTP_NOT_FOUND',
      cause: { name: 'InputError', message: 'The reason', code: expect.any(String) },
    },
    request: { method: 'GET', url: '/api/todo/x?a=1' },
    response: { statusCode: 404 },
    requestId: expect.any(String),
  });
  expect(text).not.toContain('secret');
});

it('a status on an error comes before its name', async () => {
  expect((await answerTo(named('InputError', 'Too hot', { status: 418 }))).status).toBe(418);
  expect((await answerTo(named('InputError', 'Late', { statusCode: 504 }))).status).toBe(504);
});

it.each(['DatabaseError', 'ZodError'])('%s is answered neutrally and logged by the plugin', async (name) => {
  const { status, text, logs } = await answerTo(named(name, 'select secret from users', { issues: ['secret'] }));
  expect(status).toBe(500);
  expect(text).not.toContain('secret');
  expect(logs.lines).toContainEqual(expect.objectContaining({ level: 'error', pluginId: 'todo' }));
});

it('error handlers of the plugin come first', async () => {
  const router = express.Router();
  router.get('/x', () => {
    throw new Error('inner');
  });
  const translate: express.ErrorRequestHandler = (error: Error, _req, res, _next) => {
    res.status(422).json({ translated: error.message });
  };
  router.use(translate);
  const { anonymous } = await startTestBackend({ features: [openPlugin('todo', router)] });
  const { status, body } = await anonymous.get('/api/todo/x');
  expect([status, body]).toEqual([422, { translated: 'inner' }]);
});

it('what nobody answers is answered 404, whatever the method', async () => {
  const router = express.Router();
  router.get('/x', (_req, res) => void res.send('ok'));
  const { anonymous } = await startTestBackend({ features: [openPlugin('todo', router)] });
  for (const response of [await anonymous.get('/api/todo/y'), await anonymous.delete('/api/todo/x')]) {
    expect(response.status).toBe(404);
    expect(response.body).toMatchObject({ error: { code: 'ERR_HTTP_UNKNOWN_PATH' } });
  }
  expect((await anonymous.options('/api/todo/x')).headers).toMatchObject({ allow: 'GET,HEAD' });
});
