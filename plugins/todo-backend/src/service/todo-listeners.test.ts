import { describe, expect, it } from '@jest/globals';
import type { LoggerService } from '@bulkhead/backend-plugin-api';
import type { TodoChange } from '@bulkhead/plugin-todo-node';
import { TodoListeners } from './todo-listeners.ts';

const change: TodoChange = {
  type: 'created',
  owner: 'user:default/ada',
  todo: {
    id: '5c6ba1a5-4f3a-4f5e-8d0e-0f3a3c3f0d11',
    title: 'Write tests',
    done: false,
    version: 1,
    createdAt: '2026-01-31T12:00:00.000Z',
    updatedAt: '2026-01-31T12:00:00.000Z',
  },
};

function createLogger(lines: unknown[]): LoggerService {
  const write = (message: string, meta?: unknown): void => void lines.push([message, meta]);
  const logger: LoggerService = { error: write, warn: write, info: write, debug: write, child: () => logger };
  return logger;
}

describe('TodoListeners', () => {
  it('tells all listeners, and is idle once they have ended', async () => {
    const listeners = new TodoListeners();
    const told: string[] = [];
    let open = (): void => {};
    const gate = new Promise<void>((resolve) => (open = resolve));
    listeners.extensionPointFor('slow').addListener(async ({ todo }) => {
      await gate;
      told.push(`slow ${todo.title}`);
    });
    listeners.extensionPointFor('fast').addListener(async ({ todo }) => void told.push(`fast ${todo.title}`));

    listeners.notify(change, createLogger([]));
    const idle = listeners.idle();
    open();
    await idle;

    expect(told).toEqual(['fast Write tests', 'slow Write tests']);
  });

  it('logs failures with the module, and goes on', async () => {
    const listeners = new TodoListeners();
    const lines: unknown[] = [];
    const told: string[] = [];
    const failure = new TypeError('no');
    listeners.extensionPointFor('throws').addListener(() => {
      throw failure;
    });
    listeners.extensionPointFor('rejects').addListener(() => Promise.reject(failure));
    listeners.extensionPointFor('works').addListener(async () => void told.push('works'));

    listeners.notify(change, createLogger(lines));
    await listeners.idle();

    expect(told).toEqual(['works']);
    expect(lines).toEqual([
      [`A listener of module 'throws' failed on created todo ${change.todo.id}`, failure],
      [`A listener of module 'rejects' failed on created todo ${change.todo.id}`, failure],
    ]);
  });
});
