import { invalidIfMatch, versionRequired } from './errors.ts';
import type { Todo } from './generated/types.ts';
import type { ExpectedVersion } from './service/todo-store.ts';

/** One entity tag (RFC 9110, section 8.8.3), with the commas around it. */
const ENTITY_TAG = /[\s,]*(W\/)?"([\x21\x23-\x7e\x80-\xff]*)"\s*(?:,[\s,]*|$)/y;

/** PostgreSQL's largest integer. */
const MAX_VERSION = 2 ** 31 - 1;

interface EntityTag {
  readonly weak: boolean;
  readonly value: string;
}

/** The entity tag of a todo. */
export function etagOf({ version }: Todo): string {
  return `"${version}"`;
}

/** Whether an `If-None-Match` header says that the client has the todo as it is. A malformed header does not. */
export function isKnownToClient(todo: Todo, ifNoneMatch: string | undefined): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch.trim() === '*') return true;
  // Weak tags count, too: section 13.1.2.
  return parseEntityTags(ifNoneMatch)?.some(({ value }) => value === String(todo.version)) ?? false;
}

/**
 * The versions that an `If-Match` header names.
 *
 * @throws PreconditionRequiredError `ERR_TODO_VERSION_REQUIRED` if there is none; InputError `ERR_TODO_IF_MATCH`
 */
export function readExpectedVersion(ifMatch: string | undefined): ExpectedVersion {
  if (ifMatch === undefined) throw versionRequired();
  if (ifMatch.trim() === '*') return 'any';
  const tags = parseEntityTags(ifMatch);
  if (!tags) throw invalidIfMatch();
  return (
    tags
      // Weak tags never match: section 13.1.1. Nor does what is no version at all.
      .filter(({ weak, value }) => !weak && /^[1-9]\d{0,9}$/.test(value))
      .map(({ value }) => Number(value))
      .filter((version) => version <= MAX_VERSION)
  );
}

function parseEntityTags(header: string): EntityTag[] | undefined {
  const tags: EntityTag[] = [];
  ENTITY_TAG.lastIndex = 0;
  while (ENTITY_TAG.lastIndex < header.length) {
    const match = ENTITY_TAG.exec(header);
    if (!match) return undefined;
    tags.push({ weak: match[1] !== undefined, value: match[2] ?? '' });
  }
  return tags.length > 0 ? tags : undefined;
}
