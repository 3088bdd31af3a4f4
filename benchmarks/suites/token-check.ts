import { startHost } from '../src/host-process.ts';
import { ratioOf, spreadOf } from '../src/statistics.ts';
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
  async run({ quick }): Promise<readonly Row[]> {
    await using host = await startHost({ file: 'hosts/bulkhead/tokens.js' });
    const rounds: Checks[] = [];
    for (let round = 0; round <= (quick ? 1 : 7); round++) {
      const response = await fetch(`http://127.0.0.1:${host.port}/api/target/checks?count=${quick ? 100 : 1_000}`);
      const checks = (await response.json()) as Checks;
      // In the first round the code is cold.
      if (round > 0) rounds.push(checks);
    }
    const fresh = rounds.map((round) => round.fresh);
    const cached = rounds.map((round) => round.cached);
    return [
      {
        what: 'check of a token',
        figures: {
          'for the first time': `${spreadOf(fresh).median.toFixed(1)} µs`,
          'known already': `${spreadOf(cached).median.toFixed(1)} µs`,
        },
        ratio: ratioOf(fresh, cached),
        goal: 'known: < 20 µs',
      },
    ];
  },
};
