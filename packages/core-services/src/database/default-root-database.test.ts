import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';

/**
 * Asks for a client of a database that gives none, and ends once Knex is there. Prints whether it was when the first packet
 * was sent.
 */
const SCRIPT = `
  import { createRequire } from 'node:module';
  import { createServer, Socket } from 'node:net';
  import { ConfigReader } from '@bulkhead/config';
  import { readDatabaseSettings } from './database-settings.ts';
  import { DefaultRootDatabaseService } from './default-root-database.ts';

  const { cache } = createRequire(import.meta.url);
  const hasKnex = () => Object.keys(cache).some((file) => file.includes('/node_modules/knex/'));

  const database = process.argv[1];
  const server = createServer(() => undefined);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  if (database === 'absent') await new Promise((resolve) => server.close(resolve));

  let atFirstPacket = 'no packet';
  const { write } = Socket.prototype;
  Socket.prototype.write = function (...args) {
    if (this.remotePort === port && atFirstPacket === 'no packet') atFirstPacket = hasKnex() ? 'Knex' : 'no Knex';
    return write.apply(this, args);
  };

  const connection = 'postgresql://user:secret@127.0.0.1:' + port + '/db';
  const config = new ConfigReader({ backend: { database: database === 'embedded' ? {} : { connection } } });
  const silence = () => undefined;
  const logger = { debug: silence, info: silence, warn: silence, error: silence };
  new DefaultRootDatabaseService(readDatabaseSettings(config), logger).getClient('todo').catch(silence);
  while (!hasKnex()) await new Promise((resolve) => setImmediate(resolve));
  process.stdout.write(atFirstPacket, () => process.exit());
`;

describe('Knex is loaded while a database is waited for', () => {
  it.each([
    ['once a configured server has been sent something', 'silent', 'no Knex'],
    ['once a configured server could not be reached', 'absent', 'no packet'],
    // In production it is not started, so that Knex would be waited for in vain.
    ['at once with an embedded server', 'embedded', 'no packet'],
  ])('%s', async (_, database, atFirstPacket) => {
    const args = ['--conditions=@bulkhead/source', '--input-type=module', '--eval', SCRIPT, database];
    const { stdout } = await promisify(execFile)(process.execPath, args, {
      cwd: import.meta.dirname,
      env: { ...process.env, NODE_OPTIONS: '', NODE_ENV: 'production' },
      timeout: 30_000,
    });
    expect(stdout).toBe(atFirstPacket);
  });
});
