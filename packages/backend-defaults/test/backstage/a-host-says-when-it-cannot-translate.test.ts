import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';

const SOURCES = resolve(import.meta.dirname, '../../src');

it('names the package to install where foreign features were added without it', async () => {
  // A folder in which the package really is not installed.
  const folder = await mkdtemp(join(tmpdir(), 'bulkhead-no-interop-'));
  try {
    await mkdir(join(folder, 'node_modules/@bulkhead'), { recursive: true });
    await symlink(resolve(SOURCES, '../../errors'), join(folder, 'node_modules/@bulkhead/errors'));
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
    await cp(join(SOURCES, 'errors.ts'), join(folder, 'errors.ts'));
    await cp(join(SOURCES, 'host/backstage-protocol.ts'), join(folder, 'host/backstage-protocol.ts'));
    await writeFile(
      join(folder, 'index.ts'),
      `import { backstageProtocol } from './host/backstage-protocol.ts';
       const { code, hint } = await backstageProtocol.load().catch((error) => error);
       console.log(JSON.stringify({ code, hint }));`,
    );
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--conditions=@bulkhead/source', join(folder, 'index.ts')],
      { env: { ...process.env, NODE_OPTIONS: '', NODE_NO_WARNINGS: '1' } },
    );
    expect(JSON.parse(stdout)).toEqual({
      code: 'ERR_DEFAULTS_INTEROP_MISSING',
      hint: 'Run `npm install @bulkhead/backstage-interop` in the package of the host.',
    });
  } finally {
    await rm(folder, { recursive: true });
  }
});
