// Generated from openapi.yaml, do not edit: npm run generate
import type { HttpRoutes } from '@bulkhead/backend-plugin-api';
import { createRoutes, type ServedOperation } from '@bulkhead/openapi/server';
import type { AuthHandlers } from './types.ts';
import * as validators from './validators.ts';

const operations: readonly ServedOperation[] = [
  {
    operationId: 'signInAsGuest',
    method: 'POST',
    path: '/guest/token',
    parameters: [],
    access: { credentials: 'none', principals: ['user', 'service'], cookie: false },
    body: {
      required: false,
      contents: [{ mediaType: 'application/json', kind: 'json', check: validators.requestGuestSignIn }],
    },
    responses: {
      '200': { contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseSignedIn }] },
      '400': { contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseError }] },
      '403': { contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseError }] },
      '415': { contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseError }] },
    },
  },
  {
    operationId: 'getPublicKeys',
    method: 'GET',
    path: '/.well-known/jwks.json',
    parameters: [],
    access: { credentials: 'none', principals: ['user', 'service'], cookie: false },
    responses: {
      '200': { contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseKeySet }] },
      '400': { contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseError }] },
    },
  },
  {
    operationId: 'getUserInfo',
    method: 'GET',
    path: '/v1/userinfo',
    parameters: [],
    access: { credentials: 'required', principals: ['user'], cookie: true },
    responses: {
      '200': { contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseUserInfo }] },
      '401': { contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseError }] },
      '403': { contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseError }] },
      '404': { contents: [{ mediaType: 'application/json', kind: 'json', check: validators.responseError }] },
    },
  },
];

/**
 * The routes of the contract, for `httpRouter.serve`.
 *
 * @param handlers - serve the operations: one function for each of them, or an object with such methods
 */
export function createAuthRoutes(handlers: AuthHandlers): HttpRoutes {
  return createRoutes({ operations, document: async () => (await import('./document.ts')).document }, handlers);
}
