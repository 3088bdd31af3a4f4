import { unmockedOperation } from './errors.ts';
import { recordCalls, type Recorded } from './recorded-calls.ts';

/** What a mock client can do, as far as a test needs it. */
export type MockedOperations<TClient> = Partial<Omit<TClient, 'responses'>> &
  (TClient extends { readonly responses: infer TResponses } ? { readonly responses?: Partial<TResponses> } : unknown);

/**
 * Stands in for a generated client. It does what it is given and records its calls; whatever else is called of it throws
 * `ERR_TEST_CLIENT_OPERATION`.
 *
 * @example
 * ```ts
 * const todos = mockClient<TodoClient>({ listTodos: async () => ({ items: [] }) });
 * await startTestBackend({ features: [digestPlugin, provideService(todoClientRef, todos)] });
 * expect(todos.callsTo('listTodos')).toHaveLength(1);
 * ```
 */
export function mockClient<TClient extends object>(operations: MockedOperations<TClient>): Recorded<TClient> {
  const { responses = {}, ...methods } = operations as { readonly responses?: object };
  const client = recordCalls(methods, { responses: refusingOthers(responses, 'responses.') });
  // What it lacks of the client it refuses.
  return refusingOthers(client, '') as unknown as Recorded<TClient>;
}

/** @param prefix - what stands before the names of members in messages */
function refusingOthers<T extends object>(given: T, prefix: string): T {
  return new Proxy(given, {
    get(target, name, receiver): unknown {
      const isKnown = name in target || typeof name === 'symbol';
      // A client is no promise, and must not look like one to whoever waits for the service.
      if (isKnown || name === 'then' || name === 'toJSON') return Reflect.get(target, name, receiver);
      return () => {
        throw unmockedOperation(`${prefix}${name}`);
      };
    },
  });
}
