import type { Content } from '../contract/content.ts';
import type { Operation, Pagination, StatusKey } from '../contract/operation.ts';

/** All that it takes to call an operation. Generated; small, since browsers load it. */
export interface CalledOperation extends Operation {
  /** Whether it can be called without a token. */
  readonly isPublic?: boolean;
  /** The bodies that the operation takes, the preferred one first. */
  readonly body?: { readonly required: boolean; readonly contents: readonly Content[] };
  readonly responses: Readonly<Partial<Record<StatusKey, readonly Content[]>>>;
  readonly pagination?: Pagination;
}
