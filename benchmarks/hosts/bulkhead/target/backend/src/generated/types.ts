// Generated from openapi.yaml, do not edit: npm run generate
import type { Credentials, NonePrincipal, ServicePrincipal, UserPrincipal } from '@bulkhead/backend-plugin-api';
import type { Handler, ResponseHeaders } from '@bulkhead/openapi/server';

export interface Item {
  readonly id: string;
  readonly title: string;
  readonly done: boolean;
}

export interface NewItem {
  readonly title: string;
  readonly done: boolean;
  readonly priority: 'low' | 'normal' | 'high';
  readonly dueAt: string;
  readonly estimate?: number;
  readonly description?: string;
  readonly tags: readonly string[];
  readonly assignee: {
    readonly name: string;
    readonly team: string;
  };
  readonly steps: readonly {
    readonly text: string;
    readonly done: boolean;
  }[];
}

/** What `createItem` takes. */
export interface CreateItemRequest {
  readonly body: NewItem;
}

/** What `createItem` may answer. */
export interface CreateItemResponse {
  readonly status: 201;
  readonly headers?: ResponseHeaders;
  readonly body: Item;
}

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
  readonly body: Item;
}

/** What `getGuardedItem` takes. */
export interface GetGuardedItemRequest {
  readonly path: {
    readonly id: string;
  };
}

/** What `getGuardedItem` may answer. */
export interface GetGuardedItemResponse {
  readonly status: 200;
  readonly headers?: ResponseHeaders;
  readonly body: Item;
}

/** Serves the operations of the contract. */
export interface TargetHandlers {
  /** Make an item */
  readonly createItem: Handler<CreateItemRequest, CreateItemResponse, Credentials<NonePrincipal>>;

  /** Read an item */
  readonly getItem: Handler<GetItemRequest, GetItemResponse, Credentials<NonePrincipal>>;

  /** Read an item, which takes credentials */
  readonly getGuardedItem: Handler<
    GetGuardedItemRequest,
    GetGuardedItemResponse,
    Credentials<UserPrincipal | ServicePrincipal>
  >;
}
