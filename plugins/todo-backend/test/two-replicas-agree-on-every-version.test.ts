import { expect, it } from '@jest/globals';
import { startTestBackend } from '@bulkhead/backend-test-utils';
import type { Todo } from '@bulkhead/plugin-todo-node';
import fc from 'fast-check';
import todoPlugin from '../src/index.ts';

it('two replicas agree on every version, however many clients change a todo at once', async () => {
  const { agent } = await startTestBackend({ features: [todoPlugin], replicas: 2 });

  await fc.assert(
    fc.asyncProperty(
      // For each client: how many changes it makes, and whether it reads again before each or goes by what it knows.
      fc.array(fc.record({ changes: fc.integer({ min: 1, max: 4 }), rereads: fc.boolean() }), {
        minLength: 2,
        maxLength: 5,
      }),
      async (clients) => {
        const { body: todo } = await agent.post('/api/todo/todos').send({ title: 'Start' }).expect(201);
        const path = `/api/todo/todos/${todo.id}`;
        const won: Todo[] = [];

        await Promise.all(
          clients.map(async ({ changes, rereads }, client) => {
            let etag = '"1"';
            for (let change = 0; change < changes; change++) {
              if (rereads) etag = (await agent.get(path)).headers.etag!;
              const title = `Change ${change} of client ${client}`;
              const response = await agent.patch(path).set('If-Match', etag).send({ title });
              expect([200, 412]).toContain(response.status);
              if (response.status !== 200) continue;
              etag = response.headers.etag!;
              won.push(response.body);
            }
          }),
        );

        // Each version was handed out once, without a gap, and what is stored is the change that made the last one.
        const versions = won.map(({ version }) => version).sort((a, b) => a - b);
        expect(versions).toEqual(versions.map((_, index) => index + 2));
        const { body: final } = await agent.get(path).expect(200);
        expect(final).toEqual(won.find(({ version }) => version === final.version));
        expect(final.version).toBe(won.length + 1);
      },
    ),
    { numRuns: 15 },
  );
});
