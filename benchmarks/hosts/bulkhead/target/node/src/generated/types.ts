// Generated from openapi.yaml, do not edit: npm run generate

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

/** What `createItem` answers, unless it fails. */
export interface CreateItemResponse {
  readonly status: 201;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Item;
}

/** What `getItem` takes. */
export interface GetItemRequest {
  readonly path: {
    readonly id: string;
  };
}

/** What `getItem` answers, unless it fails. */
export interface GetItemResponse {
  readonly status: 200;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Item;
}

/** What `getGuardedItem` takes. */
export interface GetGuardedItemRequest {
  readonly path: {
    readonly id: string;
  };
}

/** What `getGuardedItem` answers, unless it fails. */
export interface GetGuardedItemResponse {
  readonly status: 200;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Item;
}
