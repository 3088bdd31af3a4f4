/**
 * Turns contracts into typed servers and clients.
 *
 * @packageDocumentation
 */

// Generating
export { generate, type GenerateOptions } from './generate/generate.ts';

// Contracts as data
export type {
  ContentModel,
  ContractModel,
  HeaderModel,
  OperationModel,
  ParameterModel,
  ResponseModel,
  Schema,
} from './model/contract-model.ts';
export { readContract, type ReadContractOptions } from './read/read-contract.ts';
