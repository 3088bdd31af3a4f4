import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll } from '@jest/globals';

const ROOT = path.resolve(import.meta.dirname, '../../..');

/** Below the package, so that imports find the packages of the repository, and ignored by Git. */
const FOLDER = path.resolve(import.meta.dirname, '../.bulkhead');

const created: string[] = [];

afterAll(() => {
  created.forEach((folder) => rmSync(folder, { recursive: true, force: true }));
});

/** An empty folder for code that is to be compiled, removed after the tests of the file. */
export function codeFolder(name: string): string {
  const folder = path.join(FOLDER, `${name}-${process.pid}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  created.push(folder);
  writeFileSync(path.join(folder, 'package.json'), '{ "type": "module", "private": true }');
  return folder;
}

/**
 * Compiles all code in a folder as strictly as the repository compiles itself, with the types of browsers and Node.js.
 *
 * @returns what the compiler says against it; nothing if all is well
 */
export async function compile(folder: string): Promise<string> {
  const config = {
    extends: path.join(ROOT, 'tsconfig.base.json'),
    compilerOptions: {
      lib: ['es2023', 'dom', 'dom.iterable'],
      typeRoots: [path.join(ROOT, 'node_modules/@types')],
      noEmit: true,
      composite: false,
      incremental: false,
      declaration: false,
      declarationMap: false,
    },
    include: [folder],
  };
  const file = path.join(folder, 'tsconfig.json');
  writeFileSync(file, JSON.stringify(config));
  const compiler = path.join(ROOT, 'node_modules/@typescript/native/bin/tsc');
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [compiler, '-p', file, '--pretty', 'false'],
      { cwd: folder },
      (error, stdout, stderr) => {
        resolve(error ? `${stdout}${stderr}` : '');
      },
    );
  });
}
