import type { ContractModel } from '../../model/contract-model.ts';
import { BodyPreparations } from '../bodies/bodies-module.ts';
import { formatSource } from '../format-source.ts';
import { nameContract } from '../operation-names.ts';
import type { TypeWriter } from '../type-writer.ts';
import { ValidatorNames } from '../validators/validator-names.ts';
import { emitValidators } from '../validators/validators-module.ts';
import { emitDocument } from './document-module.ts';
import { emitRoutes } from './routes-module.ts';
import { emitServerTypes } from './server-types-module.ts';

/** The modules of the plugin that serves a contract, by their file names. */
export async function emitServer(model: ContractModel, types: TypeWriter): Promise<ReadonlyMap<string, string>> {
  const validators = new ValidatorNames();
  const bodies = new BodyPreparations(model.schemas);
  const routes = emitRoutes({ model, validators, bodies, handlers: nameContract(model, types.names).handlers });
  return new Map([
    ...(bodies.isEmpty ? [] : [['bodies.ts', await formatSource(bodies.toText())] as const]),
    ['document.ts', emitDocument(model)],
    ['routes.ts', await formatSource(routes)],
    ['types.ts', await formatSource(emitServerTypes(model, types))],
    ...(validators.uses.length > 0 ? [['validators.ts', emitValidators(validators.uses, model.schemas)] as const] : []),
  ]);
}
