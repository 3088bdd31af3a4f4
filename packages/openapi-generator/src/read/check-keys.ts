import { nearestName, type Problem } from '@bulkhead/errors';
import type { ContractNode } from './contract-node.ts';
import { fieldsOf } from './fields.ts';
import { badStructure } from './problems.ts';
import type { Kind } from './shapes.ts';

const KNOWN = new Map<Kind, ReadonlySet<string> | undefined>();

/**
 * Finds keys that OpenAPI does not know but that are nearly the name of one it knows: a misspelt `requestBody` would
 * otherwise silently mean that there is no body. Other unknown keys are let be, as most tools do.
 */
export function findMisspelledKeys(
  object: Readonly<Record<string, unknown>>,
  kind: Kind,
  node: ContractNode,
): readonly Problem[] {
  if (!KNOWN.has(kind)) {
    const fields = fieldsOf(kind);
    KNOWN.set(kind, fields && new Set(fields));
  }
  const known = KNOWN.get(kind);
  const unknown = known ? Object.keys(object).filter((key) => !known.has(key) && !key.startsWith('x-')) : [];
  return unknown.flatMap((key) => {
    const nearest = nearestName(
      key,
      [...known!].filter((each) => !Object.hasOwn(object, each) && isNear(key, each)),
    );
    return nearest === undefined
      ? []
      : [badStructure(`OpenAPI does not know '${key}' here`, node.source(key), `Did you mean '${nearest}'?`)];
  });
}

/** Short names are near to too much. */
function isNear(key: string, known: string): boolean {
  return (
    known.length > 4 &&
    Math.abs(key.length - known.length) < 3 &&
    key.charAt(0).toLowerCase() === known.charAt(0).toLowerCase()
  );
}
