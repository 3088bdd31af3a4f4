import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from '@jest/globals';

/** By file: its text, and what its `up()` gives. */
const GOOD: Readonly<Record<string, readonly [text: string, up: string]>> = {
  'named.cjs': [`exports.up = () => 'named';`, 'named'],
  'computed.cjs': [`module.exports = Object.fromEntries([['up', () => 'computed']]);`, 'computed'],
  'compiled.cjs': [
    `Object.defineProperty(exports, '__esModule', { value: true }); exports.default = { up: () => 'compiled' };`,
    'compiled',
  ],
  'named.mjs': [`export const up = () => 'named module';`, 'named module'],
  'default.mjs': [`export default { up: () => 'default' };`, 'default'],
  'waiting.mjs': [`await Promise.resolve(); export const up = () => 'waiting';`, 'waiting'],
  'dual.mjs': [
    `const other = { up: () => 'other' }; export { other as 'module.exports' }; export const up = () => 'dual';`,
    'dual',
  ],
  'modules/dual.js': [
    `const other = { up: () => 'other' }; export { other as 'module.exports' }; export const up = () => 'dual.js';`,
    'dual.js',
  ],
  'plain/named.js': [`exports.up = () => 'plain';`, 'plain'],
  'plain/waiting.js': [`await Promise.resolve(); export const up = () => 'detected';`, 'detected'],
};

const BAD: Readonly<Record<string, readonly [text: string, error: string]>> = {
  'error.cjs': [`throw new RangeError('not today');`, 'RangeError: not today'],
  'undefined.cjs': [`throw undefined;`, 'undefined'],
  'null.cjs': [`throw null;`, 'null'],
  'null.mjs': [`throw null;`, 'null'],
};

/** Loads files of a folder, and prints what became of each. */
const SCRIPT = `
  import { join } from 'node:path';
  import { loadMigration } from './load-migration.ts';

  const [root, ...files] = process.argv.slice(1);
  const outcomes = {};
  for (const file of files) {
    try {
      outcomes[file] = String((await loadMigration(join(root, file))).up?.());
    } catch (error) {
      outcomes[file] = 'threw ' + String(error);
    }
  }
  process.stdout.write(JSON.stringify(outcomes));
`;

const FOLDERS = ['node_modules/installed', 'own'];

let root: string;
let outcomes: Readonly<Record<string, string>>;

// Jest has ways of its own to load modules; what counts is how Node.js does it.
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'migrations-'));
  const texts = Object.entries({ ...GOOD, ...BAD }).map(([file, [text]]) => [file, text] as const);
  const manifests = [
    ['modules/package.json', '{ "type": "module" }'],
    ['package.json', '{}'],
  ] as const;
  for (const folder of FOLDERS) {
    for (const part of ['modules', 'plain']) await mkdir(join(root, folder, part), { recursive: true });
    await Promise.all([...texts, ...manifests].map(([file, text]) => writeFile(join(root, folder, file), text)));
  }
  const files = FOLDERS.flatMap((folder) => texts.map(([file]) => `${folder}/${file}`));
  const args = ['--conditions=@bulkhead/source', '--input-type=module', '--eval', SCRIPT, root, ...files];
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    cwd: import.meta.dirname,
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  outcomes = JSON.parse(stdout) as typeof outcomes;
});
afterAll(() => rm(root, { recursive: true }));

it.each(FOLDERS.flatMap((folder) => Object.entries(GOOD).map(([file, [, up]]) => [`${folder}/${file}`, up])))(
  'finds the migration of %s',
  (file, up) => expect(outcomes[file]).toBe(up),
);

it.each(FOLDERS.flatMap((folder) => Object.entries(BAD).map(([file, [, error]]) => [`${folder}/${file}`, error])))(
  'hands on what %s throws',
  (file, error) => expect(outcomes[file]).toBe(`threw ${error}`),
);
