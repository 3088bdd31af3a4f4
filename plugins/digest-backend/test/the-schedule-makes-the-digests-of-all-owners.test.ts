import { expect, it } from '@jest/globals';
import { mockCredentials } from '@bulkhead/backend-test-utils';
import type { DigestPage } from '@bulkhead/plugin-digest-node';
import type { Summary } from '@bulkhead/plugin-todo-node';
import { eventually, startDigest, type DigestHarness } from './digest-harness.ts';

const owners = Array.from({ length: 250 }, (_, index) => `user:default/${String(index).padStart(3, '0')}`);

function summaryOf(open: number): Summary {
  return { open, done: 0, created: 0, completed: 0, titles: [], countedAt: new Date().toISOString() };
}

async function openOf(backend: DigestHarness, owner: string): Promise<number[]> {
  const { body } = await backend.as(mockCredentials.user(owner)).get('/api/digest/digests').expect(200);
  return (body as DigestPage).items.map(({ open }) => open);
}

it('page by page, in the name of the plugin', async () => {
  const backend = await startDigest();
  owners.forEach((owner, index) => backend.todo.summaries.set(owner, summaryOf(index)));
  await backend.runTask();
  await eventually(async () => expect(await openOf(backend, owners[249]!)).toEqual([249]));
  expect(await openOf(backend, owners[0]!)).toEqual([0]);
  expect(backend.todo.asked.map(({ path, principal }) => [path, principal])).toEqual(
    Array.from({ length: 3 }, () => ['/summaries', { type: 'service', subject: 'plugin:digest' }]),
  );

  // Once more: what was made is brought up to date.
  backend.todo.summaries.set(owners[0]!, summaryOf(7));
  await backend.runTask();
  await eventually(async () => expect(await openOf(backend, owners[0]!)).toEqual([7]));
});

it('the next time, when todo is down', async () => {
  const backend = await startDigest();
  const [owner = ''] = owners;
  backend.todo.summaries.set(owner, summaryOf(1));
  backend.todo.isDown = true;
  await backend.runTask();
  await eventually(() =>
    expect(backend.logs.lines).toContainEqual(
      expect.objectContaining({ level: 'error', message: expect.stringContaining("Task 'make-digests' failed") }),
    ),
  );
  expect(await openOf(backend, owner)).toEqual([]);

  // A user who asks learns what is the matter.
  const { body } = await backend.as(mockCredentials.user(owner)).post('/api/digest/digests').expect(503);
  expect(body.error).toMatchObject({ name: 'ServiceUnavailableError', code: 'ERR_FAKE_PAINTING' });

  backend.todo.isDown = false;
  await eventually(async () => {
    await backend.runTask().catch(() => undefined);
    expect(await openOf(backend, owner)).toEqual([1]);
  });
});

it('at one replica at a time, and all of them may be asked', async () => {
  const backend = await startDigest({ replicas: 2 });
  const [owner = ''] = owners;
  backend.todo.summaries.set(owner, summaryOf(1));
  await Promise.allSettled([backend.runTask(0), backend.runTask(1)]);
  await eventually(async () => expect(await openOf(backend, owner)).toEqual([1]));
  const ask = (): Promise<unknown> => backend.as(mockCredentials.user(owner)).post('/api/digest/digests').expect(200);
  await Promise.all(Array.from({ length: 10 }, ask));
  expect(await openOf(backend, owner)).toEqual([1]);
});
