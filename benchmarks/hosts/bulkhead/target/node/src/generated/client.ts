// Generated from openapi.yaml, do not edit: npm run generate
import { type CallOptions, type CalledOperation, type ClientClass, createClientClass } from '@bulkhead/openapi/client';
import type {
  CreateItemRequest,
  CreateItemResponse,
  GetGuardedItemRequest,
  GetGuardedItemResponse,
  GetItemRequest,
  GetItemResponse,
  Item,
} from './types.ts';

/** The operations of the contract, each of them giving its response with status and headers. */
export interface TargetResponses {
  /** Make an item */
  createItem(request: CreateItemRequest, options?: CallOptions): Promise<CreateItemResponse>;

  /** Read an item */
  getItem(request: GetItemRequest, options?: CallOptions): Promise<GetItemResponse>;

  /** Read an item, which takes credentials */
  getGuardedItem(request: GetGuardedItemRequest, options?: CallOptions): Promise<GetGuardedItemResponse>;
}

/** Calls the operations of the contract. */
export interface TargetClient {
  /** The same operations, giving responses with status and headers in place of bodies. */
  readonly responses: TargetResponses;

  /** Make an item */
  createItem(request: CreateItemRequest, options?: CallOptions): Promise<Item>;

  /** Read an item */
  getItem(request: GetItemRequest, options?: CallOptions): Promise<Item>;

  /** Read an item, which takes credentials */
  getGuardedItem(request: GetGuardedItemRequest, options?: CallOptions): Promise<Item>;
}

const operations: readonly CalledOperation[] = [
  {
    operationId: 'createItem',
    method: 'POST',
    path: '/items',
    parameters: [],
    isPublic: true,
    body: { required: true, contents: [{ mediaType: 'application/json', kind: 'json' }] },
    responses: { '201': [{ mediaType: 'application/json', kind: 'json' }] },
  },
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
    isPublic: true,
    responses: { '200': [{ mediaType: 'application/json', kind: 'json' }] },
  },
  {
    operationId: 'getGuardedItem',
    method: 'GET',
    path: '/guarded/{id}',
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
