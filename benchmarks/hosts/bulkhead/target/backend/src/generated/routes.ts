// Generated from openapi.yaml, do not edit: npm run generate
import type { HttpRoutes } from '@bulkhead/backend-plugin-api';
import { createRoutes, type ServedOperation } from '@bulkhead/openapi/server';
import type { TargetHandlers } from './types.ts';
import * as validators from './validators.ts';

const operations: readonly ServedOperation[] = [
  {
    operationId: 'createItem',
    method: 'POST',
    path: '/items',
    parameters: [],
    access: { credentials: 'none', principals: ['user', 'service'], cookie: false },
    body: {
      required: true,
      contents: [{ mediaType: 'application/json', kind: 'json', check: validators.requestNewItem }],
    },
    responses: {
      '201': { contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseItem }] },
    },
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
    access: { credentials: 'none', principals: ['user', 'service'], cookie: false },
    checkParameters: validators.getItemParameters,
    responses: {
      '200': { contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseItem }] },
    },
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
    access: { credentials: 'required', principals: ['user', 'service'], cookie: false },
    checkParameters: validators.getGuardedItemParameters,
    responses: {
      '200': { contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseItem }] },
    },
  },
];

/**
 * The routes of the contract, for `httpRouter.serve`.
 *
 * @param handlers - serve the operations: one function for each of them, or an object with such methods
 */
export function createTargetRoutes(handlers: TargetHandlers): HttpRoutes {
  return createRoutes({ operations, document: async () => (await import('./document.ts')).document }, handlers);
}
