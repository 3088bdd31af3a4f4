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

/** The names of what is generated for a contract as a whole. */
export interface ContractNames {
  /** The type of all handlers. */
  readonly handlers: string;
  /** The client, class and type. */
  readonly client: string;
  /** The type of what a client has in `responses`. */
  readonly responses: string;
}

/** Names for a contract, clear of those of its schemas. */
export function nameContract({ name }: ContractModel, taken: ReadonlySet<string>): ContractNames {
  const types = new UniqueNames(taken);
  return {
    handlers: types.take(`${name}Handlers`),
    client: types.take(`${name}Client`),
    responses: types.take(`${name}Responses`),
  };
}

/** Names for the operations of a contract, clear of those of its schemas. */
export function nameOperations(
  model: ContractModel,
  taken: ReadonlySet<string>,
): ReadonlyMap<OperationModel, OperationNames> {
  const { operations } = model;
  const types = new UniqueNames([...taken, ...Object.values<string>({ ...nameContract(model, taken) })]);
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
