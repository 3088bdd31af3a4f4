// Generated from openapi.yaml, do not edit: npm run generate
import type { HttpRoutes } from '@bulkhead/backend-plugin-api';
import { createRoutes, type ServedOperation } from '@bulkhead/openapi/server';
import type { DigestHandlers } from './types.ts';
import * as validators from './validators.ts';

const operations: readonly ServedOperation[] = [
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
    access: { credentials: 'required', principals: ['user', 'service'], cookie: false },
    checkParameters: validators.listDigestsParameters,
    responses: {
      '200': { contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseDigestPage }] },
      '400': { contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseError }] },
      '401': { contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseError }] },
    },
  },
  {
    operationId: 'makeDigest',
    method: 'POST',
    path: '/digests',
    parameters: [],
    access: { credentials: 'required', principals: ['user'], cookie: false },
    responses: {
      '200': { contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseDigest }] },
      '401': { contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseError }] },
      '403': { contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseError }] },
      '503': { contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseError }] },
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
    access: { credentials: 'required', principals: ['user', 'service'], cookie: false },
    checkParameters: validators.getDigestParameters,
    responses: {
      '200': { contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseDigest }] },
      '400': { contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseError }] },
      '401': { contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseError }] },
      '404': { contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseError }] },
    },
  },
];

/**
 * The routes of the contract, for `httpRouter.serve`.
 *
 * @param handlers - serve the operations: one function for each of them, or an object with such methods
 */
export function createDigestRoutes(handlers: DigestHandlers): HttpRoutes {
  return createRoutes({ operations, document: async () => (await import('./document.ts')).document }, handlers);
}
