// Generated from openapi.yaml, do not edit: npm run generate
import type { Credentials, ServicePrincipal, UserPrincipal } from '@bulkhead/backend-plugin-api';
import type { Handler, ResponseHeaders } from '@bulkhead/openapi/server';

/** What `getItem` takes. */
export interface GetItemRequest {
  readonly path: {
    readonly id: string;
  };
}

/** What `getItem` may answer. */
export interface GetItemResponse {
  readonly status: 200;
  readonly headers?: ResponseHeaders;
  readonly body: {
    readonly id: string;
    readonly title: string;
    readonly done: boolean;
  };
}

/** Serves the operations of the contract. */
export interface TargetHandlers {
  /** Read an item */
  readonly getItem: Handler<GetItemRequest, GetItemResponse, Credentials<UserPrincipal | ServicePrincipal>>;
}
