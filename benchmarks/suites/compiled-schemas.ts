import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { inTurn } from '../src/paired.ts';
import { ratioOf, spreadOf } from '../src/statistics.ts';
import type { Row, Suite } from '../src/suite.ts';

const run = promisify(execFile);
const HOST = path.resolve(import.meta.dirname, '../hosts/bulkhead/schemas.js');

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
  async run({ quick }): Promise<readonly Row[]> {
    const rounds = quick ? 1 : 7;
    const { compile, load } = await inTurn(rounds, {
      compile: () => measure<Start>('compile'),
      load: () => measure<Start>('load'),
    });
    const { serialize } = await inTurn(rounds, { serialize: () => measure<Serialisation>('serialize') });
    const compiling = compile.map(({ milliseconds }) => milliseconds);
    const loading = load.map(({ milliseconds }) => milliseconds);
    const generated = serialize.map((round) => round.generated);
    const stringify = serialize.map((round) => round.stringify);
    return [
      {
        what: 'validators at the start',
        figures: { 'compiled then': median(compiling, 'ms'), 'ahead of time': median(loading, 'ms') },
        ratio: ratioOf(compiling, loading),
      },
      {
        what: 'page of 20 to bytes',
        figures: { 'JSON.stringify': median(stringify, 'µs'), 'code for the schema': median(generated, 'µs') },
        ratio: ratioOf(stringify, generated),
      },
    ];
  },
};

async function measure<T>(what: string): Promise<T> {
  const { stdout } = await run(process.execPath, [HOST, what]);
  return JSON.parse(stdout) as T;
}

function median(values: readonly number[], unit: string): string {
  return `${spreadOf(values).median.toFixed(1)} ${unit}`;
}
