import { formatSource, type Problem } from '@bulkhead/errors';
import { RESERVED_METHOD_NAMES } from '@bulkhead/openapi/client';
import type { ContractReader } from '../model/contract-reader.ts';
import type { ReadOperation } from '../model/operations.ts';
import { duplicateOperationId, reservedOperationId, sharedOperation } from './problems.ts';

/** What a client has beside its operations, and what objects have by themselves; in lower case. */
const RESERVED: ReadonlySet<string> = new Set([
  ...RESERVED_METHOD_NAMES,
  ...['__proto__', 'prototype', 'tostring', 'valueof', 'tojson'],
]);

/** Checks that each operation has a name of its own, also as a method of a client. */
export function checkOperationIds(operations: readonly ReadOperation[], reader: ContractReader): void {
  const known = new Map<string, ReadOperation>();
  const claim = (name: string, operation: ReadOperation): void => {
    const first = known.get(name.toLowerCase());
    if (first) {
      reader.problems.push(duplicate(name, { first, operation }, reader));
    }
    known.set(name.toLowerCase(), first ?? operation);
  };
  for (const operation of operations.filter(({ model }) => model.operationId !== '')) {
    const { model, source } = operation;
    if (RESERVED.has(model.operationId.toLowerCase())) {
      reader.problems.push(reservedOperationId(model.operationId, reader.places.of(source, 'operationId')));
    }
    claim(model.operationId, operation);
  }
  // The method that goes through the pages stands beside those of the operations.
  for (const operation of operations.filter(({ model }) => model.pagination)) {
    claim(`paginate${operation.model.operationId}`, operation);
  }
}

function duplicate(
  name: string,
  { first, operation }: { readonly first: ReadOperation; readonly operation: ReadOperation },
  { places, document }: ContractReader,
): Problem {
  const [one, other] = [first, operation].map(({ source }) => places.of(source, 'operationId'));
  // Two paths may refer to one path item.
  return formatSource(one!) === formatSource(other!)
    ? sharedOperation(
        name,
        [first.model.path, operation.model.path],
        places.of(document['paths'], operation.model.path),
      )
    : duplicateOperationId(name, one!, other!);
}
