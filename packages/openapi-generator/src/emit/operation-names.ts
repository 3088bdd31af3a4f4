import type { ContractModel, OperationModel } from '../model/contract-model.ts';
import { UniqueNames } from '../model/names.ts';

/** The names of what is generated for an operation. */
export interface OperationNames {
  /** The type of what it takes. */
  readonly request: string;
  /** The type of what it answers. */
  readonly response: string;
  /** The method that goes through its pages, if it has any. */
  readonly paginate?: string;
}

/** Names for the operations of a contract, clear of those of its schemas. */
export function nameOperations(
  { operations, name }: ContractModel,
  taken: ReadonlySet<string>,
): ReadonlyMap<OperationModel, OperationNames> {
  const types = new UniqueNames([...taken, ...['Handlers', 'Client', 'Responses'].map((suffix) => `${name}${suffix}`)]);
  return new Map(
    operations.map((operation) => {
      const base = capitalize(operation.operationId);
      const names: OperationNames = {
        request: types.take(`${base}Request`),
        response: types.take(`${base}Response`),
        ...(operation.pagination && { paginate: `paginate${base}` }),
      };
      return [operation, names];
    }),
  );
}

/** A name with its first letter in upper case. */
export function capitalize(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
