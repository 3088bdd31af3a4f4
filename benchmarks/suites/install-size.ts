import { join } from 'node:path';
import { productionTree } from '../src/production-tree.ts';
import type { Row, Suite } from '../src/suite.ts';

/** What a host installs in production, without the embedded database. */
export const installSize: Suite = {
  name: 'install-size',
  question: 'What does a host bring along in production?',
  peers: ['backstage'],
  installs: ['backstage'],
  async run({ tree }): Promise<readonly Row[]> {
    const bulkhead = await productionTree(join(tree, 'packages/backend'), ['@bulkhead/backend-defaults']);
    const backstage = await productionTree(join(tree, 'benchmarks/hosts/backstage'), ['@backstage/backend-defaults']);
    return [
      {
        what: 'packages',
        unit: 'packages',
        rounds: { bulkhead: [bulkhead.packages], backstage: [backstage.packages] },
        goals: [{ atMost: 150 }],
      },
      {
        what: 'size on disk',
        unit: 'MB',
        rounds: { bulkhead: [bulkhead.bytes / 1e6], backstage: [backstage.bytes / 1e6] },
        goals: [{ atMost: 60 }],
      },
    ];
  },
};
