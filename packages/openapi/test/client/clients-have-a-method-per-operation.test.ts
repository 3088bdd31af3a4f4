import { describe, expect, it } from '@jest/globals';
import { NotModifiedError } from '@bulkhead/errors';
import {
  createClientClass,
  type CalledOperation,
  type CallOptions,
  type CallRequest,
  type CallResponse,
  type ClientConnection,
} from '../../src/client/index.ts';

interface ListClient {
  readonly responses: { listIt(request?: CallRequest, options?: CallOptions): Promise<CallResponse> };
  listIt(request?: CallRequest, options?: CallOptions): Promise<unknown>;
  paginateListIt(request?: CallRequest, options?: CallOptions): AsyncIterableIterator<string>;
}

const LIST: CalledOperation = {
  operationId: 'listIt',
  method: 'GET',
  path: '/',
  parameters: [],
  responses: {},
  pagination: { parameter: 'cursor', next: '/page/next', items: '/items' },
};
const ListClient = createClientClass<ListClient>('ListClient', [LIST]);

function connectTo(answer: (request: CallRequest) => Partial<CallResponse>): ClientConnection & { calls: unknown[] } {
  const calls: unknown[] = [];
  return {
    calls,
    call: async (operation, request, options) => {
      calls.push([operation.operationId, request, options]);
      return { status: 200, headers: {}, body: undefined, ...answer(request) };
    },
  };
}

describe('A client', () => {
  it('gives bodies, or responses', async () => {
    const connection = connectTo(() => ({ body: 'it' }));
    const client = new ListClient(connection);
    expect(await client.listIt()).toBe('it');
    expect(await client.responses.listIt({ query: { a: 1 } }, { timeout: 1 })).toMatchObject({
      status: 200,
      body: 'it',
    });
    expect(connection.calls).toEqual([
      ['listIt', {}, undefined],
      ['listIt', { query: { a: 1 } }, { timeout: 1 }],
    ]);
    expect(client.constructor.name).toBe('ListClient');
  });

  it('throws what is no error but has no body either', async () => {
    const client = new ListClient(connectTo(() => ({ status: 304 })));
    await expect(client.listIt()).rejects.toBeInstanceOf(NotModifiedError);
    await expect(client.responses.listIt()).resolves.toMatchObject({ status: 304 });
  });

  it('goes from page to page, as far as somebody wants', async () => {
    const pages: Record<string, object> = {
      none: { items: ['a', 'b'], page: { next: '2' } },
      2: { items: [], page: { next: '3' } },
      3: { items: ['c'], page: {} },
    };
    const connection = connectTo(({ query }) => ({ body: pages[(query?.cursor as string) ?? 'none'] }));
    const client = new ListClient(connection);
    const items: string[] = [];
    for await (const item of client.paginateListIt({ query: { limit: 2 } })) items.push(item);
    expect(items).toEqual(['a', 'b', 'c']);
    expect(connection.calls.map((call) => (call as [string, CallRequest])[1].query)).toEqual([
      { limit: 2 },
      { limit: 2, cursor: '2' },
      { limit: 2, cursor: '3' },
    ]);
    connection.calls.length = 0;
    for await (const item of client.paginateListIt()) {
      expect(item).toBe('a');
      break;
    }
    expect(connection.calls).toHaveLength(1);
  });

  it('does not go round in circles', async () => {
    const client = new ListClient(connectTo(() => ({ body: { items: ['a'], page: { next: 'same' } } })));
    const items: string[] = [];
    for await (const item of client.paginateListIt()) items.push(item);
    expect(items).toEqual(['a', 'a']);
  });
});
