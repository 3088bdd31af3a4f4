import { startPostgres } from '../src/postgres.ts';
import { figuresOf } from '../src/statistics.ts';
import type { Row, Suite } from '../src/suite.ts';

const ROUNDS = 7;

/** The host of this repository, as it is deployed: its configuration, its samples, and a PostgreSQL that is up. */
export const startSamples: Suite = {
  name: 'start-samples',
  question: 'How soon is a host with the samples ready, from the spawn of its process?',
  async run(bench): Promise<readonly Row[]> {
    await using postgres = await startPostgres();
    let started = 0;
    const databases = {
      'known database': () => 'known',
      'empty database': () => `empty-${started++}`,
    };
    const isFirst = new Set(Object.keys(databases));
    const samples = await bench.inTurn(ROUNDS, databases, async (nameOf, which) => {
      const databaseUrl = await postgres.createDatabase(nameOf());
      await using host = await bench.startHost({ file: 'hosts/bulkhead/samples.js', env: environment(databaseUrl) });
      // What a host keeps on disk for its next start is there once it has ended in an orderly way.
      if (isFirst.delete(which)) await host.end();
      return host.readyAfter;
    });
    return Object.entries(figuresOf(samples, (readyAfter) => readyAfter / 1000)).map(([which, seconds]) => ({
      what: `ready, ${which}`,
      unit: 's',
      rounds: { bulkhead: seconds },
      goals: [{ atMost: 0.5 }],
    }));
  },
};

/** Wins over app-config.yaml; everything else is as it stands there. */
function environment(databaseUrl: string): Record<string, string> {
  return { APP_CONFIG_backend_listen_port: '0', APP_CONFIG_backend_database_connection: databaseUrl };
}
