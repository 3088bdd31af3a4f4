import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, expect, it } from '@jest/globals';
import { packFolder } from './pack-folder.ts';

let folder = '';
afterEach(() => rm(folder, { recursive: true, force: true }));

async function makeFolder(): Promise<string> {
  folder = await mkdtemp(join(tmpdir(), 'pack-'));
  await writeFile(join(folder, 'a.txt'), 'a');
  return folder;
}

it('removes the folder when the archive has been taken up', async () => {
  const archive = await packFolder(await makeFolder());
  const closed = once(archive, 'close');
  expect((await buffer(archive)).subarray(0, 2)).toEqual(Buffer.from([0x1f, 0x8b]));
  await closed;
  expect(existsSync(folder)).toBe(false);
});

it('removes the folder when nobody wants the archive', async () => {
  const archive = await packFolder(await makeFolder());
  archive.destroy();
  await once(archive, 'close');
  expect(existsSync(folder)).toBe(false);
});
