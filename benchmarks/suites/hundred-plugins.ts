import { countConnections, startPostgres } from '../src/postgres.ts';
import { startHost } from '../src/host-process.ts';
import { inTurn } from '../src/paired.ts';
import { ratioOf, spreadOf } from '../src/statistics.ts';
import type { Row, Suite } from '../src/suite.ts';

const PLUGINS = 100;

interface Sample {
  readonly readyAfter: number;
  readonly memory: number;
  readonly connections: number;
}

/** 100 plugins, each with logger, httpRouter and database, on both hosts and the same PostgreSQL. */
export const hundredPlugins: Suite = {
  name: 'hundred-plugins',
  question: 'How soon are 100 plugins with a database ready, and what do they hold?',
  async run({ quick }): Promise<readonly Row[]> {
    await using postgres = await startPostgres();
    const start = async (name: string, file: string): Promise<Sample> => {
      const databaseUrl = await postgres.createDatabase(name);
      await using host = await startHost({ file, plugins: PLUGINS, databaseUrl });
      return {
        readyAfter: host.readyAfter,
        memory: await host.memory(),
        connections: await countConnections(databaseUrl),
      };
    };
    const samples = await inTurn(quick ? 1 : 5, {
      bulkhead: () => start('bulkhead', 'hosts/bulkhead/host.js'),
      backstage: () => start('backstage', 'hosts/backstage/host.js'),
    });
    const of = (name: keyof typeof samples, figure: keyof Sample): number[] =>
      samples[name].map((sample) => sample[figure]);
    const figures = (figure: keyof Sample, unit: string): Record<string, string> => ({
      bulkhead: `${spreadOf(of('bulkhead', figure)).median.toFixed(0)} ${unit}`,
      backstage: `${spreadOf(of('backstage', figure)).median.toFixed(0)} ${unit}`,
    });
    return [
      {
        what: 'sooner ready',
        figures: figures('readyAfter', 'ms'),
        ratio: ratioOf(of('backstage', 'readyAfter'), of('bulkhead', 'readyAfter')),
        goal: '>= 6',
      },
      {
        what: 'memory',
        figures: figures('memory', 'MiB'),
        ratio: ratioOf(of('bulkhead', 'memory'), of('backstage', 'memory')),
        goal: '<= 0.4',
      },
      { what: 'connections', figures: figures('connections', ''), goal: '<= 20' },
    ];
  },
};
