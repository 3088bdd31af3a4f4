import { join } from 'node:path';
import { productionTree } from '../src/production-tree.ts';
import { figuresOf } from '../src/statistics.ts';
import type { Row, Suite } from '../src/suite.ts';

const BACKSTAGE = join(import.meta.dirname, '../hosts/backstage');

/** What a host installs in production, without the embedded database. */
export const installSize: Suite = {
  name: 'install-size',
  question: 'What does a host bring along in production?',
  peers: ['backstage'],
  installs: ['backstage'],
  async run(bench): Promise<readonly Row[]> {
    const hosts = {
      bulkhead: { folder: join(bench.tree, 'packages/backend'), dependency: '@bulkhead/backend-defaults' },
      backstage: { folder: BACKSTAGE, dependency: '@backstage/backend-defaults' },
    };
    const trees = await bench.inTurn(1, hosts, ({ folder, dependency }) => productionTree(folder, [dependency]));
    return [
      {
        what: 'packages',
        unit: 'packages',
        rounds: figuresOf(trees, ({ packages }) => packages),
        goals: [{ atMost: 150 }],
      },
      {
        what: 'size on disk',
        unit: 'MB',
        rounds: figuresOf(trees, ({ bytes }) => bytes / 1e6),
        goals: [{ atMost: 60 }],
      },
    ];
  },
};
