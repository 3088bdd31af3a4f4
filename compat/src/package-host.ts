import { TestDatabase } from '@bulkhead/backend-test-utils';
import type { Case, Outcome, Story } from './case.ts';
import { freePort } from './free-port.ts';
import { Host } from './host.ts';
import { HostProcess } from './host-process.ts';
import { Mailbox } from './mailbox.ts';
import { prepareUpstream } from './prepare-upstream.ts';
import { runCases, runStories } from './run-cases.ts';
import { renderCases, renderStories } from './table.ts';
import { Upstream } from './upstream.ts';

/** A host full of published packages. */
export interface PackageHost {
  /** What it is, for the heading of its table. */
  readonly title: string;
  readonly cases: readonly Case[];
  readonly stories: readonly Story[];
  /** Features besides those that are proved, as `hosts/bulkhead.ts` imports them. */
  readonly further: readonly string[];
  /** Its configuration, relative to `compat/`. */
  readonly config: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Which part of it to try, and how. */
export interface TryOptions {
  readonly verbose: boolean;
  /** Only cases and stories with all of these in their name are tried. */
  readonly parts: readonly string[];
}

/** Boots a host on a PostgreSQL, asks each of its packages for a proof, and prints a table. */
export async function tryPackages(spec: PackageHost, { verbose, parts }: TryOptions): Promise<readonly Outcome[]> {
  const cases = spec.cases.filter(({ name }) => parts.every((part) => name.includes(part)));
  const stories = spec.stories.filter(({ title }) => parts.every((part) => title.includes(part)));
  if (cases.length + stories.length === 0) return [];
  await using database = await TestDatabase.create();
  await using upstream = await Upstream.start();
  await using mailbox = await Mailbox.start();
  prepareUpstream(upstream);
  const port = await freePort();
  const features = [...spec.cases.map(({ name }) => name), ...spec.further];
  const since = performance.now();
  await using process = await HostProcess.start({
    file: 'hosts/bulkhead.ts',
    features,
    configs: [spec.config],
    env: {
      ...spec.env,
      PORT: String(port),
      UPSTREAM: upstream.url,
      MAIL_PORT: String(mailbox.port),
      ...databaseSettings(database),
    },
    verbose,
  });
  console.log(
    `\n${spec.title}: ${features.length} features, ready after ${Math.round(performance.now() - since)} ms\n`,
  );
  const host = new Host({ baseUrl: `http://127.0.0.1:${port}`, process, database, upstream, mailbox });
  const proved = await runCases(host, cases);
  console.log(renderCases(proved));
  const told = await runStories(host, stories);
  if (told.length > 0) console.log(`\n${renderStories(told)}`);
  return [...proved, ...told];
}

/** Reaches a database as its owner's login, for a host of ours. The configuration of published plugins names the client. */
export function databaseSettings(database: TestDatabase): Readonly<Record<string, string>> {
  const { database: settings } = database.config.backend as { database: object };
  return { APP_CONFIG_backend_database: JSON.stringify({ client: 'pg', ...settings }) };
}
