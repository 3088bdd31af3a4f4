import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Row, Suite } from '../src/suite.ts';

const run = promisify(execFile);

/** Until the validators of a contract are there. */
interface Start {
  readonly milliseconds: number;
}

/** Microseconds per body. */
interface Serialisation {
  readonly generated: number;
  readonly stringify: number;
}

/** What compiling schemas ahead of time is worth, and what it is not. */
export const compiledSchemas: Suite = {
  name: 'compiled-schemas',
  question: 'What is it worth to compile the schemas of a contract ahead of time?',
  async run(bench): Promise<readonly Row[]> {
    const measure = async <T>(what: string): Promise<T> => {
      const host = join(bench.tree, 'benchmarks/hosts/bulkhead/schemas.js');
      const { stdout } = await run(process.execPath, [host, what]);
      return JSON.parse(stdout) as T;
    };
    const starts = await bench.inTurn(
      7,
      { 'ahead of time': 'load', 'at the start': 'compile' },
      async (what) => (await measure<Start>(what)).milliseconds,
    );
    const { pages } = await bench.inTurn(7, { pages: 'serialize' }, (what) => measure<Serialisation>(what));
    return [
      { what: 'compiling the validators of a contract', unit: 'ms', rounds: starts },
      {
        what: 'page of 20 to bytes',
        unit: 'µs',
        rounds: {
          'code for the schema': pages.map(({ generated }) => generated),
          'JSON.stringify': pages.map(({ stringify }) => stringify),
        },
      },
    ];
  },
};
