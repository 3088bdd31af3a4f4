import { expect, it } from '@jest/globals';
import { createBackendModule, type ModuleFeature } from '@bulkhead/backend-plugin-api';
import { startTestBackend } from '@bulkhead/backend-test-utils';
import { todoListenersExtensionPoint, type TodoChange, type TodoListener } from '@bulkhead/plugin-todo-node';
import todoPlugin from '../src/index.ts';

function listenerModule(moduleId: string, listener: TodoListener): ModuleFeature {
  return createBackendModule({
    pluginId: 'todo',
    moduleId,
    register(env) {
      env.registerInit({
        deps: { listeners: todoListenersExtensionPoint },
        init: async ({ listeners }) => listeners.addListener(listener),
      });
    },
  });
}

it('tells listeners of each change that was stored, and of no other', async () => {
  const changes: TodoChange[] = [];
  const watch = listenerModule('watch', async (change) => void changes.push(change));
  const { agent } = await startTestBackend({ features: [todoPlugin, watch] });

  const { body: created } = await agent.post('/api/todo/todos').send({ title: 'Watched' }).expect(201);
  const path = `/api/todo/todos/${created.id}`;
  await agent.patch(path).set('If-Match', '"7"').send({ done: true }).expect(412);
  const { body: updated } = await agent.patch(path).set('If-Match', '"1"').send({ done: true }).expect(200);
  await agent.delete(path).set('If-Match', '"2"').expect(204);

  const owner = 'user:default/mock';
  expect(changes).toEqual([
    { type: 'created', owner, todo: created },
    { type: 'updated', owner, todo: updated },
    { type: 'deleted', owner, todo: updated },
  ]);
});

it('stores a change whatever becomes of its listeners, and logs the module that failed', async () => {
  const broken = listenerModule('broken', async () => {
    throw new TypeError('The listener is broken');
  });
  const stuck = listenerModule('stuck', () => new Promise(() => {}));
  const { agent, logs, host } = await startTestBackend({
    features: [todoPlugin, broken, stuck],
    config: { backend: { lifecycle: { shutdownTimeout: '100ms' } } },
  });

  const { body: todo } = await agent.post('/api/todo/todos').send({ title: 'Kept' }).expect(201);
  await agent.get(`/api/todo/todos/${todo.id}`).expect(200, todo);

  expect(host.getPlugin('todo')).toMatchObject({ phase: 'ready', faultCount: 0 });
  expect(logs.lines).toContainEqual(
    expect.objectContaining({
      level: 'error',
      pluginId: 'todo',
      message: `A listener of module 'broken' failed on created todo ${todo.id}`,
      error: expect.objectContaining({ message: 'The listener is broken' }),
    }),
  );
});

it('lets listeners finish before the plugin stops', async () => {
  const events: string[] = [];
  let finish = (): void => {};
  const slow = listenerModule('slow', async () => {
    await new Promise<void>((resolve) => (finish = resolve));
    events.push('listener finished');
  });
  const backend = await startTestBackend({ features: [todoPlugin, slow] });
  await backend.agent.post('/api/todo/todos').send({ title: 'Last words' }).expect(201);

  const stopped = backend.stop().then(() => events.push('stopped'));
  finish();
  await stopped;

  expect(events).toEqual(['listener finished', 'stopped']);
});
