/**
 * Boots published plugins on Bulkhead, asks each for a proof, and prints a table: `npm run test:compat`. Words that follow
 * choose cases and stories by a part of their name; `--only packages` and `--only interop` run a half; `--verbose` shows
 * what the hosts log; `--update` writes the tables of the README.
 */
import { parseArgs } from 'node:util';
import { alternativeBase, alternativeCases } from './cases/alternatives.ts';
import { cases, omissions } from './cases/index.ts';
import { runInterop } from './interop/run-interop.ts';
import type { Outcome } from './src/case.ts';
import { ensureInstalled } from './src/install.ts';
import { tryPackages, type PackageHost } from './src/package-host.ts';
import { checkReadme, updateReadme } from './src/readme.ts';
import { failureOf } from './src/run-cases.ts';
import { renderOmissions, renderStories } from './src/table.ts';
import { stories } from './stories/index.ts';

const { values, positionals: parts } = parseArgs({
  allowPositionals: true,
  options: {
    verbose: { type: 'boolean', default: false },
    only: { type: 'string' },
    update: { type: 'boolean', default: false },
  },
});

const HOSTS: readonly PackageHost[] = [
  {
    title: 'All in one host',
    cases,
    stories,
    further: ['incremental-provider', 'file-locations', 'compat-probe'].map((name) => `../probes/${name}.ts`),
    config: 'app-config.yaml',
    // What Amazon's packages sign with, and what Azure App Service tells programs, without which its module of auth does not start.
    env: {
      AWS_ACCESS_KEY_ID: 'compat',
      AWS_SECRET_ACCESS_KEY: 'compat',
      WEBSITE_SKU: 'Standard',
      WEBSITE_AUTH_ENABLED: 'true',
      WEBSITE_AUTH_DEFAULT_PROVIDER: 'AzureActiveDirectory',
      WEBSITE_AUTH_TOKEN_STORE: 'true',
    },
  },
  {
    title: 'What cannot be in one host with them',
    cases: alternativeCases,
    stories: [],
    further: alternativeBase,
    config: 'app-config.alternatives.yaml',
  },
];

ensureInstalled();
const inventory = { cases: [...cases, ...alternativeCases], omissions };
if (values.update) {
  await updateReadme(inventory);
  process.exit(0);
}

const outcomes: Outcome[] = [];
if (values.only !== 'interop') {
  for (const host of HOSTS) outcomes.push(...(await tryPackages(host, { verbose: values.verbose, parts })));
  console.log(`\n${renderOmissions(omissions)}`);
}
if (values.only !== 'packages') {
  const told = await runInterop({ verbose: values.verbose, parts });
  if (told.length > 0) console.log(`\nA Backstage host beside ours\n\n${renderStories(told)}`);
  outcomes.push(...told);
}

if (parts.length === 0) {
  const failure = await failureOf(() => checkReadme(inventory));
  outcomes.push({ name: 'README.md tells of these packages', proof: '', proofTime: 0, failure });
  if (failure !== undefined) console.log(`\nREADME.md is out of date: ${failure}`);
}

const failed = outcomes.filter(({ failure }) => failure !== undefined).length;
console.log(`\n${outcomes.length - failed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
