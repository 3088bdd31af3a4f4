import { ensureInstalled } from '../src/install.ts';
import { startPostgres } from '../src/postgres.ts';
import type { Row, Suite } from '../src/suite.ts';
import { createSurroundings } from './published-plugins/hosts.ts';
import { measureRoutes } from './published-plugins/load.ts';
import { measureStarts } from './published-plugins/start.ts';

/** Ten plugins that others have published, on both hosts and the same PostgreSQL. */
export const publishedPlugins: Suite = {
  name: 'published-plugins',
  question: 'How soon are ten published plugins ready, and how fast are their routes?',
  async run({ quick }): Promise<readonly Row[]> {
    ensureInstalled('hosts/published');
    await using postgres = await startPostgres();
    await using surroundings = await createSurroundings();
    const rounds = quick ? 1 : 5;
    const starts = await measureStarts({ postgres, surroundings, rounds });
    return [...starts, ...(await measureRoutes({ postgres, surroundings, rounds, seconds: quick ? 1 : 3 }))];
  },
};
