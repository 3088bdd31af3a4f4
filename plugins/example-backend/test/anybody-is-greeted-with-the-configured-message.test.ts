import { beforeAll, describe, expect, it } from '@jest/globals';
import { startTestBackend, type TestBackend } from '@bulkhead/backend-test-utils';
import examplePlugin from '../src/index.ts';

let backend: TestBackend;

beforeAll(async () => {
  backend = await startTestBackend({ features: [examplePlugin], config: { example: { message: 'Good morning' } } });
});

describe('GET /api/example/greeting', () => {
  it('greets everybody, known or not', async () => {
    await backend.anonymous.get('/api/example/greeting').expect(200, { message: 'Good morning' });
    await backend.agent.get('/api/example/greeting').expect(200, { message: 'Good morning' });
  });

  it('greets by name', async () => {
    const { body } = await backend.anonymous.get('/api/example/greeting').query({ name: ' Ada ' }).expect(200);
    expect(body).toEqual({ message: 'Good morning, Ada' });
  });

  it.each(['name=', 'name=%20', `name=${'x'.repeat(101)}`, 'name=Ada&name=Bob'])('refuses ?%s', async (query) => {
    const { body } = await backend.anonymous.get(`/api/example/greeting?${query}`).expect(400);
    expect(body.error.message).toBe('/query/name must be given once, with 1 to 100 characters');
  });
});

it('opens no other path', async () => {
  await backend.anonymous.get('/api/example/greetings').expect(401);
  await backend.anonymous.get('/api/example').expect(401);
  await backend.agent.get('/api/example/greetings').expect(404);
});

it('does not start without a message', async () => {
  await expect(startTestBackend({ features: [examplePlugin] })).rejects.toThrow();
});

it('can be installed twice, each with a message of its own', async () => {
  const { anonymous } = await startTestBackend({
    features: [examplePlugin, { feature: examplePlugin, pluginId: 'doorman' }],
    config: { example: { message: 'Hello' }, doorman: { message: 'Please wait' } },
  });
  await anonymous.get('/api/example/greeting').expect(200, { message: 'Hello' });
  await anonymous.get('/api/doorman/greeting').expect(200, { message: 'Please wait' });
});
