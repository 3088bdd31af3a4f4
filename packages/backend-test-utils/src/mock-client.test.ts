import { describe, expect, it } from '@jest/globals';
import { mockClient } from './mock-client.ts';

interface TodoClient {
  readonly responses: { getTodo(id: string): Promise<{ status: number }> };
  getTodo(id: string): Promise<string>;
  paginateTodos(): AsyncIterableIterator<string>;
}

describe('mockClient', () => {
  it('does what it is given, and records it', async () => {
    const todos = mockClient<TodoClient>({
      getTodo: async (id) => `todo ${id}`,
      responses: { getTodo: async () => ({ status: 200 }) },
    });
    expect(await todos.getTodo('1')).toBe('todo 1');
    expect(await todos.responses.getTodo('1')).toEqual({ status: 200 });
    expect(todos.callsTo('getTodo')).toEqual([['1']]);
  });

  it('says what it was not given', () => {
    const todos = mockClient<TodoClient>({});
    expect(() => todos.paginateTodos()).toThrow(expect.objectContaining({ code: 'ERR_TEST_CLIENT_OPERATION' }));
    expect(() => void todos.responses.getTodo('1')).toThrow("The mock client has no 'responses.getTodo'");
  });

  it('can be waited for like any service', async () => {
    const todos = mockClient<TodoClient>({});
    expect(await Promise.resolve(todos)).toBe(todos);
  });
});
