import { fromErrorBody } from '@bulkhead/errors';
import type { CallOptions, CallRequest, CallResponse } from './call.ts';
import type { ClientConnection } from './client-connection.ts';
import type { CalledOperation } from './client-operation.ts';
import { paginate } from './paginate.ts';

/** Makes clients of one contract. The type says which methods they have. */
export type ClientClass<TClient> = new (connection: ClientConnection) => TClient;

/** Names that no operation of a client can have: its own, and the one that would make a promise of it. */
export const RESERVED_METHOD_NAMES: ReadonlySet<string> = new Set(['constructor', 'responses', 'then']);

type Call<TResult> = (request?: CallRequest, options?: CallOptions) => TResult;

/**
 * Makes the class of the clients of a contract out of a table of its operations, which generated code brings along.
 *
 * For each operation there is a method of its name, which gives the body of the response, and one in `responses`, which
 * gives the response with its status and headers. An operation with pages has a method `paginate<Name>` on top, which
 * yields the items of all pages. Nothing in the instances is private, so whatever has the same methods can stand in for
 * a client in tests.
 *
 * @typeParam TClient - the interface of the client, generated together with the table
 *
 * @example
 * ```ts
 * export const TodoClient: ClientClass<TodoClient> = createClientClass<TodoClient>('TodoClient', operations);
 * const todos = new TodoClient(createConnection({ baseUrl, token }));
 * const { items } = await todos.listTodos({ query: { limit: 10 } });
 * ```
 */
export function createClientClass<TClient extends object>(
  name: string,
  operations: readonly CalledOperation[],
): ClientClass<TClient> {
  const { [name]: clientClass } = {
    [name]: class {
      readonly responses: Readonly<Record<string, Call<Promise<CallResponse>>>>;

      constructor(connection: ClientConnection) {
        this.responses = Object.fromEntries(
          operations.map((operation) => [operation.operationId, bind(connection, operation)]),
        );
      }
    },
  };
  for (const operation of operations) {
    for (const [method, value] of Object.entries(methodsOf(operation))) {
      Object.defineProperty(clientClass!.prototype, method, { value, writable: true, configurable: true });
    }
  }
  // The methods were added one by one, so only the generated interface knows them.
  return clientClass as unknown as ClientClass<TClient>;
}

/** What the methods of a client know of it. */
interface Callable {
  readonly responses: Readonly<Record<string, Call<Promise<CallResponse>>>>;
}

function bind(connection: ClientConnection, operation: CalledOperation): Call<Promise<CallResponse>> {
  return (request = {}, options) => connection.call(operation, request, options);
}

function methodsOf({ operationId, pagination }: CalledOperation): Record<string, unknown> {
  const methods: Record<string, unknown> = {
    async [operationId](this: Callable, request?: CallRequest, options?: CallOptions): Promise<unknown> {
      const { status, body } = await this.responses[operationId]!(request, options);
      if (status >= 300) {
        throw fromErrorBody(undefined, status);
      }
      return body;
    },
  };
  if (pagination) {
    const name = `paginate${operationId.charAt(0).toUpperCase()}${operationId.slice(1)}`;
    methods[name] = function (this: Callable, request: CallRequest = {}, options?: CallOptions): unknown {
      const call = (this as unknown as Readonly<Record<string, Call<Promise<unknown>>>>)[operationId]!.bind(this);
      return paginate((pageRequest) => call(pageRequest, options), request, pagination);
    };
  }
  return methods;
}
