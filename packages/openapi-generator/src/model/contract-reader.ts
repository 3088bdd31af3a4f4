import type { Problem } from '@bulkhead/errors';
import type { BundledContract } from '../read/bundle.ts';
import { isObject, parsePointer, valueAt } from '../read/json-pointer.ts';
import type { Places } from '../read/places.ts';
import { endlessReference } from '../read/problems.ts';

type Components = Readonly<Record<string, unknown>>;

/** A bundled contract on its way to the model, and what was found to be wrong with it. */
export class ContractReader {
  readonly document: Components;
  readonly places: Places;
  readonly problems: Problem[];

  constructor({ document, places }: BundledContract, problems: Problem[]) {
    this.document = document;
    this.places = places;
    this.problems = problems;
  }

  /** An object, after the references that it may consist of. What stands beside a reference goes before. */
  resolve(value: unknown): Record<string, unknown> {
    let found = value;
    const seen = new Set<unknown>();
    let overrides: Record<string, unknown> = {};
    while (isObject(found) && typeof found['$ref'] === 'string') {
      if (seen.has(found)) {
        this.problems.push(endlessReference(`'${found['$ref']}'`, this.places.of(found, '$ref')));
        return {};
      }
      seen.add(found);
      const { $ref, ...siblings } = found;
      overrides = { ...siblings, ...overrides };
      found = this.target($ref);
    }
    if (!isObject(found)) {
      return {};
    }
    if (Object.keys(overrides).length === 0) {
      return found;
    }
    const merged = { ...found, ...overrides };
    this.places.inherit(merged, found);
    return merged;
  }

  /** What a reference leads to. */
  target(reference: string): unknown {
    return valueAt(this.document, parsePointer(decodeURI(reference.slice(1))) ?? []);
  }
}

/** The text at a key, if there is one. */
export function textAt(object: Readonly<Record<string, unknown>>, key: string): string | undefined {
  const value = object[key];
  return typeof value === 'string' ? value : undefined;
}

/** The entries of a map, extensions left out. */
export function entriesOf(map: unknown): readonly (readonly [string, unknown])[] {
  return isObject(map) ? Object.entries(map).filter(([key]) => !key.startsWith('x-')) : [];
}
