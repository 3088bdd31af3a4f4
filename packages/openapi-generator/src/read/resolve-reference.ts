import path from 'node:path';
import type { Problem } from '@bulkhead/errors';
import type { ContractFiles } from './contract-files.ts';
import { ContractNode } from './contract-node.ts';
import { isObject, parsePointer } from './json-pointer.ts';
import { brokenReference, remoteReference } from './problems.ts';

/** What it takes to follow a reference. */
export interface ReferenceContext {
  readonly files: ContractFiles;
  /** Gets what is wrong with the reference. */
  readonly problems: Problem[];
}

/**
 * What a reference leads to.
 *
 * @param ref - as it is written in the contract
 * @param from - the object with the reference
 * @param key - where in the object it stands
 */
export function resolveReference(
  ref: string,
  { from, key = '$ref' }: { readonly from: ContractNode; readonly key?: string },
  { files, problems }: ReferenceContext,
): ContractNode | undefined {
  if (/^([a-z][a-z0-9+.-]+:|\/\/)/i.test(ref)) {
    problems.push(remoteReference(ref, from.source(key)));
    return undefined;
  }
  const [fileName = '', fragment = ''] = ref.split('#', 2);
  const fullName = path.resolve(path.dirname(from.file.path), decode(fileName));
  const file = fileName === '' ? from.file : files.open(fullName, from.source(key));
  if (!file) {
    return undefined;
  }
  const pointer = decode(fragment);
  const keys = parsePointer(pointer) ?? findAnchor(file.content, pointer);
  const target = keys && new ContractNode(file, keys);
  if (target?.value === undefined) {
    problems.push(brokenReference(ref, `there is no '${pointer}' in ${file.name}`, from.source(key)));
    return undefined;
  }
  return target;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The way to the schema with an `$anchor`. */
function findAnchor(value: unknown, anchor: string): readonly string[] | undefined {
  if (isObject(value) && value['$anchor'] === anchor) {
    return [];
  }
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  for (const [key, child] of Object.entries(value)) {
    const found = findAnchor(child, anchor);
    if (found) {
      return [key, ...found];
    }
  }
  return undefined;
}
