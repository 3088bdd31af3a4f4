// Generated from openapi.yaml, do not edit: npm run generate

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
  readonly body: {
    readonly id: string;
    readonly title: string;
    readonly done: boolean;
  };
}
