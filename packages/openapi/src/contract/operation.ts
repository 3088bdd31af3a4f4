import type { Parameter } from './parameter.ts';

/** The methods that OpenAPI knows, in upper case. */
export type HttpMethod = 'GET' | 'PUT' | 'POST' | 'DELETE' | 'OPTIONS' | 'HEAD' | 'PATCH' | 'TRACE';

/** A status of a response as a contract names it: `200`, `4XX`, `default`. */
export type StatusKey = `${number}` | `${1 | 2 | 3 | 4 | 5}XX` | 'default';

/** How to go from one page of a list to the next (`x-pagination`). */
export interface Pagination {
  /** The query parameter that asks for a page. */
  readonly parameter: string;
  /** JSON pointer into the response: the value of the parameter that asks for the next page; absent on the last. */
  readonly next: string;
  /** JSON pointer into the response: the items of the page. */
  readonly items: string;
}

/** What server and client know of an operation. Generated. */
export interface Operation {
  readonly operationId: string;
  readonly method: HttpMethod;
  /** The template of the path below the plugin's mount: `/todos/{id}`. */
  readonly path: string;
  readonly parameters: readonly Parameter[];
  /** Since when the operation is deprecated (an ISO date), or `true` when the contract does not say. */
  readonly deprecated?: string | true;
  /** When the operation will be gone (an ISO date; `x-sunset`). */
  readonly sunset?: string;
}
