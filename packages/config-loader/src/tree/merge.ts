import type { LocatedEntry, LocatedNode, LocatedObject } from './located-tree.ts';

/**
 * Lays one tree over another: objects merge key by key, anything else replaces what is below, `null` removes it.
 *
 * A removed key stays as a `null` scalar, which the plain tree leaves out, so that its place is known.
 */
export function mergeTrees(lower: LocatedObject, upper: LocatedObject): LocatedObject {
  const entries = new Map<string, LocatedEntry>(lower.entries);
  for (const [key, entry] of upper.entries) {
    const below = entries.get(key);
    entries.set(key, below ? { keySource: entry.keySource, node: mergeNodes(below.node, entry.node) } : entry);
  }
  return { type: 'object', entries, source: upper.source };
}

function mergeNodes(lower: LocatedNode, upper: LocatedNode): LocatedNode {
  return lower.type === 'object' && upper.type === 'object' ? mergeTrees(lower, upper) : upper;
}
