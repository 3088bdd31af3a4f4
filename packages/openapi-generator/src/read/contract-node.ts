import type { ProblemSource } from '@bulkhead/errors';
import type { ContractFile } from './contract-file.ts';
import { valueAt } from './json-pointer.ts';

/** A value in a file of a contract. */
export class ContractNode {
  readonly file: ContractFile;
  /** The way to the value from the top of the file. */
  readonly keys: readonly string[];
  readonly value: unknown;

  constructor(file: ContractFile, keys: readonly string[] = [], value: unknown = valueAt(file.content, keys)) {
    this.file = file;
    this.keys = keys;
    this.value = value;
  }

  /** What stands at a key, which may be nothing. */
  at(key: string): ContractNode {
    return new ContractNode(this.file, [...this.keys, key], valueAt(this.value, [key]));
  }

  /** Where the value stands, or what keys in it lead to. */
  source(...keys: readonly string[]): ProblemSource {
    return this.file.locate([...this.keys, ...keys], keys.length === 0 ? 'value' : 'key');
  }
}
