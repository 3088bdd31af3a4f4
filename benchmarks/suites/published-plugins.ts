import { startPostgres } from '../src/postgres.ts';
import type { Row, Suite } from '../src/suite.ts';
import { createSurroundings } from './published-plugins/hosts.ts';
import { measureRoutes } from './published-plugins/load.ts';
import { measureStarts } from './published-plugins/start.ts';

/** Ten plugins that others have published, on both hosts and the same PostgreSQL. */
export const publishedPlugins: Suite = {
  name: 'published-plugins',
  question: 'How soon are ten published plugins ready, and how fast are their routes?',
  peers: ['backstage'],
  installs: ['published'],
  async run(bench): Promise<readonly Row[]> {
    await using postgres = await startPostgres();
    await using surroundings = await createSurroundings(bench);
    return [...(await measureStarts(postgres, surroundings)), ...(await measureRoutes(postgres, surroundings))];
  },
};
