import type { ProblemSource } from '@bulkhead/errors';
import type { JsonObject, JsonPrimitive, JsonValue } from '@bulkhead/types';

/** Levels of a tree: more than any configuration has, and well within what the stack of calls holds. */
export const MAX_DEPTH = 100;

/** A configuration tree in which every node knows where it was written. */
export type LocatedNode = LocatedScalar | LocatedList | LocatedObject | UnresolvedNode;

/** A value without inner values. */
export interface LocatedScalar {
  readonly type: 'scalar';
  readonly value: JsonPrimitive;
  readonly source: ProblemSource;
}

/** A list. */
export interface LocatedList {
  readonly type: 'list';
  readonly items: readonly LocatedNode[];
  readonly source: ProblemSource;
}

/** An object. */
export interface LocatedObject {
  readonly type: 'object';
  readonly entries: ReadonlyMap<string, LocatedEntry>;
  readonly source: ProblemSource;
}

/** A key and what stands under it. */
export interface LocatedEntry {
  readonly keySource: ProblemSource;
  readonly node: LocatedNode;
}

/** A value that could not be had; a problem says why. Whoever checks the tree passes over it. */
export interface UnresolvedNode {
  readonly type: 'unresolved';
  readonly source: ProblemSource;
}

/** The tree without places, without nulls in objects, and without what could not be had. */
export function toPlainObject(node: LocatedObject): JsonObject {
  return toPlain(node) as JsonObject;
}

function toPlain(node: LocatedNode): JsonValue | undefined {
  switch (node.type) {
    case 'scalar':
      return node.value;
    case 'list':
      // An item that could not be had leaves a gap, so that the others keep their places.
      return node.items.map((item) => toPlain(item) ?? null);
    case 'object':
      return Object.fromEntries(
        [...node.entries]
          .map(([key, entry]) => [key, toPlain(entry.node)] as const)
          .filter(([, value]) => value !== undefined && value !== null),
      );
    case 'unresolved':
      return undefined;
  }
}

/** What stands at a path: the node, and where its key was written (list items have none, their own place counts). */
export interface Located {
  readonly node: LocatedNode;
  readonly keySource: ProblemSource;
}

/** Finds what stands at a path; indices of lists are parts of it. */
export function locate(root: LocatedNode, path: readonly string[]): Located | undefined {
  let located: Located | undefined = { node: root, keySource: root.source };
  for (const part of path) {
    located = located && step(located.node, part);
  }
  return located;
}

function step(node: LocatedNode, part: string): Located | undefined {
  if (node.type === 'object') {
    return node.entries.get(part);
  }
  const item = node.type === 'list' ? node.items[Number(part)] : undefined;
  return item && { node: item, keySource: item.source };
}

/**
 * The place to show for a path: of the value if it is a scalar, else of its key, which is on an earlier line.
 * Gives `undefined` for what is not there.
 */
export function sourceOf(root: LocatedNode, path: readonly string[]): ProblemSource | undefined {
  const located = locate(root, path);
  return located && (located.node.type === 'scalar' ? located.node.source : located.keySource);
}
