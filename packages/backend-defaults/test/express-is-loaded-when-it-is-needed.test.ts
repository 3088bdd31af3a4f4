import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';

it('Express is loaded for the first request to a plugin that speaks it, and not before', async () => {
  const script = join(import.meta.dirname, 'fixtures/loaded-express.ts');
  const { stderr } = await promisify(execFile)(process.execPath, ['--conditions=@bulkhead/source', script], {
    env: { ...process.env, NODE_OPTIONS: '', NODE_ENV: 'production', LOG_LEVEL: 'error' },
  });
  expect(stderr).toBe('[false,true]');
});
