import { expect, it, jest } from '@jest/globals';
import { chmod, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedPostgres } from '../../src/embedded-postgres/index.ts';
import { startDatabase } from './database-harness.ts';

// A real server, on machines that are busy with other tests.
jest.setTimeout(60_000);

it('a host that is started in a folder below finds the same data', async () => {
  const root = await mkdtemp(join(tmpdir(), 'beside-'));
  await chmod(root, 0o755);
  await writeFile(join(root, 'app-config.yaml'), '');
  const below = join(root, 'packages', 'backend');
  await mkdir(below, { recursive: true });
  const cwd = jest.spyOn(process, 'cwd').mockReturnValue(below);
  const host = startDatabase(undefined);
  try {
    await host.root.getClient('todo');
    expect((await stat(join(root, '.bulkhead', 'postgres', 'cluster'))).isDirectory()).toBe(true);
  } finally {
    cwd.mockRestore();
    await host.root.stop();
    await EmbeddedPostgres.remove(join(root, '.bulkhead', 'postgres'));
    await rm(root, { recursive: true, force: true });
  }
});
