import { countConnections, startPostgres } from '../src/postgres.ts';
import { figuresOf } from '../src/statistics.ts';
import type { Row, Suite } from '../src/suite.ts';

const PLUGINS = 100;

/** 100 plugins, each with logger, httpRouter and database, on both hosts and the same PostgreSQL. */
export const hundredPlugins: Suite = {
  name: 'hundred-plugins',
  question: 'How soon are 100 plugins with a database ready, and what do they hold?',
  peers: ['backstage'],
  installs: ['backstage'],
  async run(bench): Promise<readonly Row[]> {
    await using postgres = await startPostgres();
    const files = { bulkhead: 'hosts/bulkhead/host.js', backstage: 'hosts/backstage/host.js' };
    const samples = await bench.inTurn(5, files, async (file, name) => {
      const databaseUrl = await postgres.createDatabase(name);
      await using host = await bench.startHost({ file, plugins: PLUGINS, databaseUrl });
      return {
        readyAfter: host.readyAfter,
        memory: await host.memory(),
        connections: await countConnections(databaseUrl),
      };
    });
    return [
      {
        what: 'ready',
        unit: 'ms',
        rounds: figuresOf(samples, ({ readyAfter }) => readyAfter),
        goals: [{ beside: 'backstage', atLeast: 6 }],
      },
      {
        what: 'memory',
        unit: 'MiB',
        rounds: figuresOf(samples, ({ memory }) => memory),
        goals: [{ beside: 'backstage', atMost: 0.4 }],
      },
      {
        what: 'connections to the database',
        unit: 'connections',
        rounds: figuresOf(samples, ({ connections }) => connections),
        goals: [{ atMost: 20 }],
      },
    ];
  },
};
