import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';

it('the kit works with the test runner of Node.js, which ends when the tests have', async () => {
  const script = fileURLToPath(new URL('./fixtures/with-node-test.ts', import.meta.url));
  const child = spawn(process.execPath, ['--conditions=@bulkhead/source', '--test', '--test-reporter=tap', script], {
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  expect(output).toContain('# pass 1');
  expect(code).toBe(0);
});
