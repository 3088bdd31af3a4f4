import type { ContractReader } from '../model/contract-reader.ts';
import type { ReadOperation } from '../model/operations.ts';
import { duplicateOperationId, reservedOperationId } from './problems.ts';

/** What a client has beside its operations, and what objects have by themselves. */
const RESERVED = new Set([
  'constructor',
  'responses',
  'then',
  '__proto__',
  'prototype',
  'tostring',
  'valueof',
  'tojson',
]);

/** Checks that each operation has a name of its own, also as a method of a client. */
export function checkOperationIds(operations: readonly ReadOperation[], reader: ContractReader): void {
  const known = new Map<string, unknown>();
  const claim = (name: string, source: unknown): void => {
    const first = known.get(name.toLowerCase());
    if (first !== undefined) {
      reader.problems.push(
        duplicateOperationId(name, reader.places.of(first, 'operationId'), reader.places.of(source, 'operationId')),
      );
    }
    known.set(name.toLowerCase(), first ?? source);
  };
  for (const { model, source } of operations.filter((each) => each.model.operationId !== '')) {
    if (RESERVED.has(model.operationId.toLowerCase())) {
      reader.problems.push(reservedOperationId(model.operationId, reader.places.of(source, 'operationId')));
    }
    claim(model.operationId, source);
  }
  // The method that goes through the pages stands beside those of the operations.
  for (const { model, source } of operations.filter((each) => each.model.pagination)) {
    claim(`paginate${model.operationId}`, source);
  }
}
