import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Problem, ProblemSource } from '@bulkhead/errors';
import { ContractFile } from './contract-file.ts';
import { unreadableContract } from './problems.ts';

/** The files of a contract, each of them read once. */
export class ContractFiles {
  readonly #files = new Map<string, ContractFile | undefined>();
  readonly #problems: Problem[];

  /** @param problems - gets what is wrong with files */
  constructor(problems: Problem[]) {
    this.#problems = problems;
  }

  /**
   * Reads a file.
   *
   * @param at - where its name stands
   * @returns `undefined` if it cannot be read, which is a problem then
   */
  open(file: string, at?: ProblemSource): ContractFile | undefined {
    const absolute = path.resolve(file);
    if (!this.#files.has(absolute)) {
      this.#files.set(absolute, this.#read(absolute, at));
    }
    return this.#files.get(absolute);
  }

  #read(absolute: string, at: ProblemSource | undefined): ContractFile | undefined {
    const name = displayName(absolute);
    let text: string;
    try {
      text = readFileSync(absolute, 'utf8');
    } catch (error) {
      this.#problems.push(unreadableContract(name, (error as NodeJS.ErrnoException).code ?? 'unreadable', at));
      return undefined;
    }
    const read = new ContractFile(absolute, name, text.replace(/^\uFEFF/, ''));
    this.#problems.push(...read.problems);
    return read.problems.length > 0 ? undefined : read;
  }
}

/** Relative to the working directory if the file is below it, as editors and terminals like it. */
function displayName(absolute: string): string {
  const relative = path.relative(process.cwd(), absolute);
  return relative.startsWith('..') || path.isAbsolute(relative) ? absolute : relative;
}
