import { figuresOf } from '../src/statistics.ts';
import type { Row, Suite } from '../src/suite.ts';

/** Microseconds per check. */
interface Checks {
  readonly fresh: number;
  readonly cached: number;
}

/** What it costs to know a caller by a token. */
export const tokenCheck: Suite = {
  name: 'token-check',
  question: 'What does it cost to check a token that was checked before, and one that was not?',
  async run(bench): Promise<readonly Row[]> {
    await using host = await bench.startHost({ file: 'hosts/bulkhead/tokens.js' });
    const { checks } = await bench.inTurn(7, { checks: bench.count(1_000) }, async (count) => {
      const response = await fetch(`http://127.0.0.1:${host.port}/api/target/checks?count=${count}`);
      return (await response.json()) as Checks;
    });
    const { cached } = figuresOf({ cached: checks }, (check) => check.cached);
    const { fresh } = figuresOf({ fresh: checks }, (check) => check.fresh);
    return [
      {
        what: 'check of a token',
        unit: 'µs',
        rounds: { 'known already': cached, 'for the first time': fresh },
        goals: [{ atMost: 20 }],
      },
    ];
  },
};
