import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createFolder, startCli, type RunningCli } from './spawn-cli.ts';

const MAIN = `
import { readFileSync } from 'node:fs';
import { word } from './word.ts';
process.on('SIGTERM', () => { process.stdout.write('bye\\n'); process.exit(0); });
process.on('SIGINT', () => { process.stdout.write('interrupted\\n'); process.exit(0); });
const { name } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url)));
process.stdout.write(\`\${name} says \${word} to \${readFileSync('app-config.yaml', 'utf8').trim()}\\n\`);
setInterval(() => {}, 1000);
`;

const MANIFEST = { type: 'module', exports: './src/main.ts', bulkhead: { role: 'backend' } };

let folder: Awaited<ReturnType<typeof createFolder>>;
let host: RunningCli;

beforeEach(async () => {
  folder = await createFolder({
    'package.json': { ...MANIFEST, name: 'host' },
    'app-config.yaml': 'example: 1',
    'src/main.ts': MAIN,
    'src/word.ts': "export const word: string = 'hello';",
  });
  host = startCli(folder.dir, ['start', '--watch']);
});

afterEach(async () => {
  host.child.kill('SIGTERM');
  await host.ended;
  await folder[Symbol.asyncDispose]();
});

/** Saves a file as editors do, by putting another one in its place. */
async function save(name: string, content: string): Promise<void> {
  const file = join(folder.dir, name);
  await writeFile(`${file}~`, content);
  await rename(`${file}~`, file);
}

// Text of the command itself comes through another pipe than the host's, so between the two there is no order.

it('restarts, time and again, and says why', async () => {
  await host.until(/host says hello to example: 1/);
  for (const word of ['once', 'twice', 'thrice']) {
    await save('src/word.ts', `export const word: string = '${word}';`);
    await host.until(new RegExp(`host says ${word} to`));
  }
  await host.until(/bulkhead: src\/word\.ts has changed; restarting/);
  await save('app-config.yaml', 'example: 2');
  await host.until(/host says thrice to example: 2/);
  await host.until(/app-config\.yaml has changed; restarting/);
  await save('package.json', JSON.stringify({ ...MANIFEST, name: 'guest' }));
  await host.until(/guest says thrice/);
  expect(host.output().match(/bye/g)).toHaveLength(5);
});

it('sees what is new', async () => {
  await host.until(/host says hello/);
  await mkdir(join(folder.dir, 'src/new'));
  await host.until(/src\/new has changed; restarting/);
  await host.until(/bye[^]*host says hello/);
  await save('src/new/word.ts', "export const word: string = 'news';");
  await save('src/word.ts', "export { word } from './new/word.ts';");
  await host.until(/host says news/);
  await save('src/new/word.ts', "export const word: string = 'fresh news';");
  await host.until(/host says fresh news/);
  await save('app-config.local.yaml', 'example: 3');
  await host.until(/app-config\.local\.yaml has changed; restarting/);
});

it('waits for a host that failed to be mended', async () => {
  await host.until(/host says hello/);
  await save('src/word.ts', 'export const wrod = 1;');
  await host.until(/ERR_CLI_HOST_FAILED[^]*bulkhead: the host has ended; waiting for a change\n/);
  await save('src/word.ts', "export const word: string = 'sorry';");
  await host.until(/host says sorry/);
});

it('goes on when a manifest is faulty for a while', async () => {
  await host.until(/host says hello/);
  await save('package.json', '{');
  await host.until(/ERR_CLI_BAD_MANIFEST[^]*waiting for a change\n/);
  await save('package.json', JSON.stringify({ ...MANIFEST, name: 'mended' }));
  await host.until(/mended says hello/);
});

it('ends with the host when it is interrupted', async () => {
  await host.until(/host says hello/);
  host.child.kill('SIGINT');
  expect(await once(host.child, 'exit')).toEqual([0, null]);
  expect(host.output()).toMatch(/interrupted\n$/);
});
