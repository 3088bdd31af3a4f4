import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HostProcess } from '../../src/host-process.ts';
import type { Bench } from '../../src/suite.ts';
import { refreshOwnPackages } from './own-packages.ts';

/** The two hosts that run the same plugins. */
export const HOSTS = {
  bulkhead: 'hosts/published/bulkhead.js',
  backstage: 'hosts/published/backstage.js',
} as const;

/** With which callers identify themselves as an outside service. */
export const STATIC_TOKEN = 'benchmark-0123456789';

/** How many entities the catalog reads from a file. */
export const ENTITIES = 100;

/** What all hosts of a run share: a file of entities, and what the proxy leads to. */
export interface Surroundings extends AsyncDisposable {
  readonly bench: Bench;
  readonly env: Readonly<Record<string, string>>;
  /** A folder for compiled code. */
  readonly codeCache: string;
}

/** Brings the host up to date, writes the entities, and starts what the proxy leads to. */
export async function createSurroundings(bench: Bench): Promise<Surroundings> {
  await refreshOwnPackages(bench.tree);
  const folder = await mkdtemp(join(tmpdir(), 'bulkhead-benchmark-'));
  const entities = join(folder, 'entities.yaml');
  await writeFile(entities, Array.from({ length: ENTITIES }, (_, index) => entityOf(index)).join('---\n'));
  const upstream = await bench.startHost({ file: 'hosts/upstream.js' });
  return {
    bench,
    codeCache: join(folder, 'code'),
    env: { ENTITIES: entities, STATIC_TOKEN, UPSTREAM: `http://127.0.0.1:${upstream.port}` },
    async [Symbol.asyncDispose]() {
      await upstream[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A host with the ten plugins. */
export interface PublishedHost extends HostProcess {
  readonly url: string;
}

/** Starts a host with the ten plugins; `readyAfter` counts until readiness is answered with 200. */
export async function startPublished(
  file: string,
  databaseUrl: string,
  { bench, env }: Surroundings,
): Promise<PublishedHost> {
  const startedAt = performance.now();
  const host = await bench.startHost({ file, databaseUrl, env });
  const url = `http://127.0.0.1:${host.port}`;
  const { status } = await fetch(`${url}/.backstage/health/v1/readiness`);
  if (status !== 200) throw new Error(`${file} is up and answers readiness with ${status}`);
  return { ...host, url, readyAfter: performance.now() - startedAt };
}

function entityOf(index: number): string {
  return `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: component-${index}
  title: Component ${index}
  description: One of many components, which a team keeps in running order
  tags: [node, part-${index % 7}]
  annotations: { example.com/number: "${index}" }
spec: { type: service, lifecycle: production, owner: team-${index % 5}, system: system-${index % 3} }
`;
}
