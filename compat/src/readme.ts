import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import type { Case, Omission } from './case.ts';
import { versionOf } from './run-cases.ts';

const README = join(import.meta.dirname, '../README.md');
const TABLE = /(?<=<!-- packages -->\n)[\s\S]*(?=<!-- \/packages -->)/;

/** What the README tells about the packages. */
export interface Inventory {
  readonly cases: readonly Case[];
  readonly omissions: readonly Omission[];
}

/** Writes the tables of the README anew. */
export async function updateReadme(inventory: Inventory): Promise<void> {
  const readme = readFileSync(README, 'utf8').replace(TABLE, () => `\n${renderInventory(inventory)}\n`);
  writeFileSync(README, await format(readme, { parser: 'markdown', printWidth: 120 }));
}

/** Rejects when the tables of the README tell something else than the cases. */
export async function checkReadme(inventory: Inventory): Promise<void> {
  const [table = ''] = TABLE.exec(readFileSync(README, 'utf8')) ?? [];
  assert.equal(squeeze(table), squeeze(renderInventory(inventory)), 'run npm run test:compat -- --update');
}

function renderInventory({ cases, omissions }: Inventory): string {
  const proofs = cases.map(({ name, proof }) => `| \`${name}\` | ${versionOf(name)} | ${escape(proof)} |`);
  const reasons = omissions.map(({ name, reason }) => `| \`${name}\` | ${escape(reason)} |`);
  return [
    '| package | version | proof |',
    '| - | - | - |',
    ...proofs,
    '',
    'What does not run:',
    '',
    '| package | why |',
    '| - | - |',
    ...reasons,
    '',
  ].join('\n');
}

function escape(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('*', '\\*').replaceAll('_', '\\_');
}

/** Tables look different once they are formatted. */
function squeeze(text: string): string {
  return text.replaceAll(/[ -]+/g, ' ').trim();
}
