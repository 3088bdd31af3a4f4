// Generated from openapi.yaml, do not edit: npm run generate
import { type CallOptions, type CalledOperation, type ClientClass, createClientClass } from '@bulkhead/openapi/client';
import type {
  Digest,
  DigestPage,
  GetDigestRequest,
  GetDigestResponse,
  ListDigestsRequest,
  ListDigestsResponse,
  MakeDigestRequest,
  MakeDigestResponse,
} from './types.ts';

/** The operations of the contract, each of them giving its response with status and headers. */
export interface DigestResponses {
  /**
   * List the caller's digests
   *
   * The latest day first.
   */
  listDigests(request?: ListDigestsRequest, options?: CallOptions): Promise<ListDigestsResponse>;

  /**
   * Make today's digest now
   *
   * Otherwise it is made when the schedule says so. Making it again brings it up to date. For users only: todos are asked for on behalf of whoever calls, which can only be done for users.
   */
  makeDigest(request?: MakeDigestRequest, options?: CallOptions): Promise<MakeDigestResponse>;

  /** Read the caller's digest of a day */
  getDigest(request: GetDigestRequest, options?: CallOptions): Promise<GetDigestResponse>;
}

/** Calls the operations of the contract. */
export interface DigestClient {
  /** The same operations, giving responses with status and headers in place of bodies. */
  readonly responses: DigestResponses;

  /**
   * List the caller's digests
   *
   * The latest day first.
   */
  listDigests(request?: ListDigestsRequest, options?: CallOptions): Promise<DigestPage>;

  /** The items of all pages of `listDigests`, asked for as they are taken. */
  paginateListDigests(request?: ListDigestsRequest, options?: CallOptions): AsyncIterableIterator<Digest>;

  /**
   * Make today's digest now
   *
   * Otherwise it is made when the schedule says so. Making it again brings it up to date. For users only: todos are asked for on behalf of whoever calls, which can only be done for users.
   */
  makeDigest(request?: MakeDigestRequest, options?: CallOptions): Promise<Digest>;

  /** Read the caller's digest of a day */
  getDigest(request: GetDigestRequest, options?: CallOptions): Promise<Digest>;
}

const operations: readonly CalledOperation[] = [
  {
    operationId: 'listDigests',
    method: 'GET',
    path: '/digests',
    parameters: [
      {
        name: 'limit',
        part: 'query',
        style: 'form',
        explode: true,
        required: false,
        shape: { type: 'scalar', scalars: ['integer'] },
      },
      {
        name: 'cursor',
        part: 'query',
        style: 'form',
        explode: true,
        required: false,
        shape: { type: 'scalar', scalars: ['string'] },
      },
    ],
    responses: {
      '200': [{ mediaType: 'application/json', kind: 'json' }],
      '400': [{ mediaType: 'application/json', kind: 'json' }],
      '401': [{ mediaType: 'application/json', kind: 'json' }],
    },
    pagination: { parameter: 'cursor', next: '/nextCursor', items: '/items' },
  },
  {
    operationId: 'makeDigest',
    method: 'POST',
    path: '/digests',
    parameters: [],
    responses: {
      '200': [{ mediaType: 'application/json', kind: 'json' }],
      '401': [{ mediaType: 'application/json', kind: 'json' }],
      '403': [{ mediaType: 'application/json', kind: 'json' }],
      '503': [{ mediaType: 'application/json', kind: 'json' }],
    },
  },
  {
    operationId: 'getDigest',
    method: 'GET',
    path: '/digests/{date}',
    parameters: [
      {
        name: 'date',
        part: 'path',
        style: 'simple',
        explode: false,
        required: true,
        shape: { type: 'scalar', scalars: ['string'] },
      },
    ],
    responses: {
      '200': [{ mediaType: 'application/json', kind: 'json' }],
      '400': [{ mediaType: 'application/json', kind: 'json' }],
      '401': [{ mediaType: 'application/json', kind: 'json' }],
      '404': [{ mediaType: 'application/json', kind: 'json' }],
    },
  },
];

/** Makes clients: `new DigestClient(connection)`. */
export const DigestClient: ClientClass<DigestClient> = createClientClass<DigestClient>('DigestClient', operations);
