// Generated from openapi.yaml, do not edit: npm run generate
import { type CallOptions, type CalledOperation, type ClientClass, createClientClass } from '@bulkhead/openapi/client';
import type { GetItemRequest, GetItemResponse } from './types.ts';

/** The operations of the contract, each of them giving its response with status and headers. */
export interface TargetResponses {
  /** Read an item */
  getItem(request: GetItemRequest, options?: CallOptions): Promise<GetItemResponse>;
}

/** Calls the operations of the contract. */
export interface TargetClient {
  /** The same operations, giving responses with status and headers in place of bodies. */
  readonly responses: TargetResponses;

  /** Read an item */
  getItem(
    request: GetItemRequest,
    options?: CallOptions,
  ): Promise<{
    readonly id: string;
    readonly title: string;
    readonly done: boolean;
  }>;
}

const operations: readonly CalledOperation[] = [
  {
    operationId: 'getItem',
    method: 'GET',
    path: '/items/{id}',
    parameters: [
      {
        name: 'id',
        part: 'path',
        style: 'simple',
        explode: false,
        required: true,
        shape: { type: 'scalar', scalars: ['string'] },
      },
    ],
    responses: { '200': [{ mediaType: 'application/json', kind: 'json' }] },
  },
];

/** Makes clients: `new TargetClient(connection)`. */
export const TargetClient: ClientClass<TargetClient> = createClientClass<TargetClient>('TargetClient', operations);
