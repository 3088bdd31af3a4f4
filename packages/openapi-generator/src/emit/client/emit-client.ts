import type { ContractModel } from '../../model/contract-model.ts';
import { formatSource } from '../format-source.ts';
import type { TypeWriter } from '../type-writer.ts';
import { emitClient } from './client-module.ts';
import { emitClientRef } from './client-ref-module.ts';
import { emitClientTypes } from './client-types-module.ts';

/** The modules of the package with which others call a contract, by their file names. */
export async function emitClientModules(model: ContractModel, types: TypeWriter): Promise<ReadonlyMap<string, string>> {
  return new Map([
    ['client-ref.ts', await formatSource(emitClientRef(model, types))],
    ['client.ts', await formatSource(emitClient(model, types))],
    ['types.ts', await formatSource(emitClientTypes(model, types))],
  ]);
}
