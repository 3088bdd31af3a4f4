import type { Problem } from '@bulkhead/errors';
import { checkOperationIds } from '../check/check-operation-ids.ts';
import { checkDefaults } from '../check/check-defaults.ts';
import { checkDialect } from '../check/check-dialect.ts';
import { checkPaths } from '../check/check-paths.ts';
import { checkRecursion } from '../check/check-recursion.ts';
import type { BundledContract } from '../read/bundle.ts';
import { isObject } from '../read/json-pointer.ts';
import { addSecurity } from './access.ts';
import type { ContractModel } from './contract-model.ts';
import { ContractReader } from './contract-reader.ts';
import { pascalCase } from './names.ts';
import { readOperations } from './operations.ts';
import { SchemaConverter } from './schema-converter.ts';
import { SchemaNames } from './schema-names.ts';

/**
 * Builds the model of a contract. It means something only if no problem was found.
 *
 * @param problems - gets what is wrong with the contract
 */
export function buildModel(
  contract: BundledContract,
  { pluginId, problems }: { readonly pluginId: string; readonly problems: Problem[] },
): ContractModel {
  const reader = new ContractReader(contract, problems);
  const components = reader.document['components'];
  const names = new SchemaNames(isObject(components) ? components['schemas'] : undefined);
  const schemas = new SchemaConverter(reader, names);
  const named = schemas.convertNamed();
  checkRecursion(reader);
  checkPaths(reader);
  const operations = readOperations({ reader, schemas, named });
  checkOperationIds(operations, reader);
  checkDialect(reader);
  checkDefaults(schemas.converted, named, reader);
  addSecurity(contract.document);
  return {
    pluginId,
    name: pascalCase(pluginId),
    document: contract.document,
    schemas: named,
    operations: operations.map(({ model }) => model),
  };
}
