import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from '@jest/globals';

const created: string[] = [];

afterAll(() => {
  created.forEach((dir) => rmSync(dir, { recursive: true, force: true }));
});

/** A folder with files in it, removed after the tests of the file. Objects become JSON. */
export function tempFolder(files: Readonly<Record<string, string | object>> = {}): string {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'bulkhead-config-')));
  created.push(dir);
  for (const [name, content] of Object.entries(files)) {
    writeFile(dir, name, content);
  }
  return dir;
}

/** Writes a file in a folder, with the folders on the way. */
export function writeFile(dir: string, name: string, content: string | object): string {
  const file = join(dir, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content, null, 2));
  return file;
}
