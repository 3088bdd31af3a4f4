/**
 * Boots published plugins in one host, asks each for a proof, and prints a table: `npm run test:compat`. Words that
 * follow choose cases and stories by a part of their name; `--verbose` shows what the host logs.
 */
import { TestDatabase } from '@bulkhead/backend-test-utils';
import { parseArgs } from 'node:util';
import { cases, omissions } from './cases/index.ts';
import type { Outcome } from './src/case.ts';
import { Host } from './src/host.ts';
import { HostProcess } from './src/host-process.ts';
import { ensureInstalled } from './src/install.ts';
import { Mailbox } from './src/mailbox.ts';
import { freePort } from './src/free-port.ts';
import { runCases } from './src/run-cases.ts';
import { renderCases } from './src/table.ts';
import { Upstream } from './src/upstream.ts';
import { prepareUpstream } from './src/prepare-upstream.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { verbose: { type: 'boolean', default: false } },
});

/** What Azure App Service tells programs, without which its module of auth does not start. */
const AZURE = {
  WEBSITE_SKU: 'Standard',
  WEBSITE_AUTH_ENABLED: 'true',
  WEBSITE_AUTH_DEFAULT_PROVIDER: 'AzureActiveDirectory',
  WEBSITE_AUTH_TOKEN_STORE: 'true',
};

ensureInstalled();
const outcomes: Outcome[] = [];
await tryPackages();
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
    features: [...cases.map(({ name }) => name), '../probes/incremental-provider.ts'],
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
  outcomes.push(...results);
}
