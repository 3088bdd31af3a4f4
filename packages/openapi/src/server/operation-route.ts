import type { HttpRoute, HttpRouteAccess, HttpRouteCall } from '@bulkhead/backend-plugin-api';
import type { MaybePromise } from '@bulkhead/types';
import type { ServedOperation } from './server-operation.ts';

/** A handler as far as it is known when it is called: generated types know the rest. */
export type AnyHandler = (request: unknown) => unknown;

/** Serves one operation of a contract. */
export class OperationRoute implements HttpRoute {
  readonly operationId: string;
  readonly access: HttpRouteAccess;
  readonly #handler: AnyHandler;

  constructor(operation: ServedOperation, handler: AnyHandler) {
    this.operationId = operation.operationId;
    this.access = operation.access;
    this.#handler = handler;
  }

  handle(call: HttpRouteCall): MaybePromise<void> {
    void this.#handler;
    call.response.writeHead(501).end();
  }
}
