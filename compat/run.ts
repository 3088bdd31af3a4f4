/**
 * Boots published plugins in one host, asks each for a proof, and prints a table: `npm run test:compat`. Words that
 * follow choose cases and stories by a part of their name; `--only packages` and `--only interop` run a half; `--verbose`
 * shows what the hosts log.
 */
import { TestDatabase } from '@bulkhead/backend-test-utils';
import { parseArgs } from 'node:util';
import { cases, omissions } from './cases/index.ts';
import type { Outcome } from './src/case.ts';
import { runInterop } from './interop/run-interop.ts';
import { Host } from './src/host.ts';
import { HostProcess } from './src/host-process.ts';
import { ensureInstalled } from './src/install.ts';
import { Mailbox } from './src/mailbox.ts';
import { freePort } from './src/free-port.ts';
import { stories } from './stories/index.ts';
import { runCases, runStories } from './src/run-cases.ts';
import { renderCases, renderStories } from './src/table.ts';
import { Upstream } from './src/upstream.ts';
import { prepareUpstream } from './src/prepare-upstream.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    verbose: { type: 'boolean', default: false },
    only: { type: 'string' },
  },
});

/** Features of this folder that some of the proofs need. */
const PROBES = ['incremental-provider', 'file-locations', 'compat-probe'].map((name) => `../probes/${name}.ts`);

/** What Azure App Service tells programs, without which its module of auth does not start. */
const AZURE = {
  WEBSITE_SKU: 'Standard',
  WEBSITE_AUTH_ENABLED: 'true',
  WEBSITE_AUTH_DEFAULT_PROVIDER: 'AzureActiveDirectory',
  WEBSITE_AUTH_TOKEN_STORE: 'true',
};

ensureInstalled();
const outcomes: Outcome[] = [];
if (values.only !== 'interop') await tryPackages();
if (values.only !== 'packages') await tryInterop();
for (const { name, reason } of omissions) console.log(`not in the host: ${name}: ${reason}`);

const failed = outcomes.filter(({ failure }) => failure !== undefined).length;
console.log(`\n${outcomes.length - failed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);

async function tryPackages(): Promise<void> {
  await using database = await TestDatabase.create();
  await using upstream = await Upstream.start();
  await using mailbox = await Mailbox.start();
  prepareUpstream(upstream);
  const port = await freePort();
  const since = performance.now();
  await using host = await HostProcess.start({
    file: 'hosts/bulkhead.ts',
    features: [...cases.map(({ name }) => name), ...PROBES],
    configs: ['app-config.yaml'],
    env: {
      PORT: String(port),
      UPSTREAM: upstream.url,
      ...AZURE,
      MAIL_PORT: String(mailbox.port),
      APP_CONFIG_backend_database: JSON.stringify((database.config.backend as { database: unknown }).database),
    },
    verbose: values.verbose,
  });
  console.log(`${cases.length} packages were ready in one host after ${Math.round(performance.now() - since)} ms\n`);
  const client = new Host({ baseUrl: `http://127.0.0.1:${port}`, process: host, database, upstream, mailbox });
  const chosen = cases.filter(({ name }) => positionals.every((part) => name.includes(part)));
  const results = await runCases(client, chosen);
  console.log(renderCases(results));
  const told = stories.filter(({ title }) => positionals.every((part) => title.includes(part)));
  const tales = await runStories(client, told);
  console.log(`\n${renderStories(tales)}`);
  outcomes.push(...results, ...tales);
}

async function tryInterop(): Promise<void> {
  const results = await runInterop({ verbose: values.verbose, parts: positionals });
  if (results.length > 0) console.log(`\nA Backstage host beside ours\n${renderStories(results)}`);
  outcomes.push(...results);
}
