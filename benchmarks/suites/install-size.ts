import { join } from 'node:path';
import type { Row, Suite } from '../src/suite.ts';
import { productionTree } from '../src/production-tree.ts';

const ROOT = join(import.meta.dirname, '../..');

/** What a host installs in production, without the embedded database. */
export const installSize: Suite = {
  name: 'install-size',
  question: 'What does a host bring along in production?',
  async run(): Promise<readonly Row[]> {
    const tree = await productionTree(join(ROOT, 'packages/backend'), ['@bulkhead/backend-defaults']);
    const peer = join(import.meta.dirname, '../hosts/backstage');
    const peerTree = await productionTree(peer, ['@backstage/backend-defaults']);
    const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(0)} MiB`;
    return [
      {
        what: 'packages',
        figures: { bulkhead: String(tree.packages), backstage: String(peerTree.packages) },
        goal: '<= 150',
      },
      {
        what: 'size on disk',
        figures: { bulkhead: mebibytes(tree.bytes), backstage: mebibytes(peerTree.bytes) },
        goal: '<= 60 MB',
      },
    ];
  },
};
