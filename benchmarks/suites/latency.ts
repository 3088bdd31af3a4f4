import { measureLoad } from '../src/load.ts';
import { measurePacedLoad } from '../src/paced-load.ts';
import { startPostgres } from '../src/postgres.ts';
import { figuresOf } from '../src/statistics.ts';
import type { Row, Suite } from '../src/suite.ts';
import { checkAnswer } from './application/answers.ts';
import { applications, INSTALLS, PEERS } from './application/hosts.ts';
import { GET } from './application/requests.ts';

const ROUNDS = 3;

/** How long an answer takes while there is time for it: at half of the load that the host bears, found in the same round. */
export const latency: Suite = {
  name: 'latency',
  question: 'How long do answers take at half of the load that a host bears?',
  peers: PEERS,
  installs: INSTALLS,
  async run(bench): Promise<readonly Row[]> {
    await using postgres = await startPostgres();
    const backstage = await postgres.createDatabase('backstage');
    await using started = await bench.startHosts(applications({ backstage }));
    for (const [name, host] of Object.entries(started.hosts)) await checkAnswer(name, host, GET);
    const samples = await bench.inTurn(ROUNDS, started.hosts, async (host) => {
      const { perSecond } = await measureLoad(host, { ...GET.request, seconds: bench.seconds(1) });
      const load = { ...GET.request, perSecond: perSecond / 2, seconds: bench.seconds(3) };
      return { maximum: perSecond, ...(await measurePacedLoad(host, load)).latency };
    });
    return [
      {
        what: 'p99 of the latency beside its median',
        unit: '×',
        rounds: figuresOf(samples, ({ p50, p99 }) => p99 / p50),
        goals: [{ atMost: 3 }],
      },
      { what: 'median', unit: 'ms', rounds: figuresOf(samples, ({ p50 }) => p50) },
      { what: 'p99', unit: 'ms', rounds: figuresOf(samples, ({ p99 }) => p99) },
      { what: 'load at the most', unit: '/s', rounds: figuresOf(samples, ({ maximum }) => maximum) },
    ];
  },
};
