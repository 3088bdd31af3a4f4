import { existsSync, readFileSync } from 'node:fs';
import { extname, join, relative } from 'node:path';
import { discoverPackages, loadConfigSchema, type ConfigSchema } from '@bulkhead/config-loader';
import type { Problem } from '@bulkhead/errors';
import type { ConfigFacts } from './config-rule.ts';
import { lookAt } from './errors.ts';
import { findBackstage, type BackstageRepository } from './find-backstage.ts';
import { findLocalReferences, isCommonJs, makeRunnable, resolveLocal } from './make-runnable.ts';
import { migrateConfig } from './migrate-config.ts';
import { migrateManifest, needsEmbedded, TRANSFORM } from './migrate-manifest.ts';
import type { FileChange, Findings, MigrationPlan } from './migration-plan.ts';
import { findModuleReferences } from './module-references.ts';
import { BACKSTAGE_DEFAULTS, packageOf } from './replaced-exports.ts';
import { replaceHostPackage, rewriteStart } from './rewrite-entry.ts';
import { isProblem, parseSource, type SourceFile } from './source-file.ts';
import { applyEdits } from './text-edits.ts';

/**
 * Finds out what has to change so that a backend made for Backstage runs on the new host. Reads files, writes none.
 *
 * @throws BulkheadError `ERR_CLI_MIGRATE_NO_BACKEND`, `ERR_CLI_MIGRATE_SEVERAL_BACKENDS`, `ERR_CLI_BAD_MANIFEST`
 */
export async function planMigration(folder: string): Promise<MigrationPlan> {
  const planner = new MigrationPlanner(findBackstage(folder));
  await planner.run();
  return planner.plan;
}

class MigrationPlanner {
  readonly #repository: BackstageRepository;
  readonly #findings: Findings = { problems: [], remarks: [] };
  readonly #changes: FileChange[] = [];
  readonly #facts: ConfigFacts = { hasPostgres: false, hasSqlite: false, packages: new Set() };

  constructor(repository: BackstageRepository) {
    this.#repository = repository;
  }

  get plan(): MigrationPlan {
    const { root, backend } = this.#repository;
    // What comes out as it went in needs no mention.
    const changes = this.#changes.filter(({ before, after }) => before !== after);
    const { problems, remarks } = this.#findings;
    const name = relative(root, backend) || '.';
    return { root, backend: name, changes, problems: inOrder(problems), remarks: inOrder(remarks) };
  }

  async run(): Promise<void> {
    const { entry, manifest, configs } = this.#repository;
    const files = this.#readSources(entry);
    const [main] = files;
    const isModule = manifest.type === 'module' || /^\.m/.test(extname(entry));
    const staysCommonJs = !isModule && (extname(entry) === '.cjs' || (main !== undefined && isCommonJs(main)));
    for (const file of files) this.#migrateSource(file, { isEntry: file === main, staysCommonJs });
    const schema = this.#loadSchema();
    for (const path of configs) {
      await this.#change(path, (text) =>
        migrateConfig(labelOf(path), text, { schema, facts: this.#facts, findings: this.#findings }),
      );
    }
    await this.#migrateManifest(files, !isModule && !staysCommonJs);
    if (staysCommonJs) this.#remarkOnCommonJs(main!);
    this.#remarkOnMembers(this.#findSourceMembers());
  }

  #name(path: string): string {
    return relative(this.#repository.root, path);
  }

  async #change(path: string, migrate: (text: string) => string | Promise<string>): Promise<void> {
    const before = readFileSync(path, 'utf8');
    this.#changes.push({ path, name: this.#name(path), before, after: await migrate(before) });
  }

  /** The entry, and the files that it leads to. */
  #readSources(entry: string): readonly SourceFile[] {
    const files = new Map<string, SourceFile | undefined>();
    const read = (path: string): void => {
      if (files.has(path) || path.endsWith('.json')) return;
      const parsed = parseSource(path, labelOf(path), readFileSync(path, 'utf8'));
      if (isProblem(parsed)) {
        files.set(path, undefined);
        this.#findings.problems.push(parsed);
        return;
      }
      files.set(path, parsed);
      for (const { specifier } of findLocalReferences(parsed)) {
        const target = resolveLocal(path, specifier);
        if (target !== undefined) read(target);
      }
    };
    read(entry);
    return [...files.values()].filter((file) => file !== undefined);
  }

  #migrateSource(file: SourceFile, { isEntry, staysCommonJs }: { isEntry: boolean; staysCommonJs: boolean }): void {
    const edits = [
      ...replaceHostPackage(file, this.#findings),
      ...(isEntry ? rewriteStart(file, { canAwait: !staysCommonJs }, this.#findings) : []),
      ...(staysCommonJs ? [] : makeRunnable(file, this.#findings)),
    ];
    const { path, text } = file;
    this.#changes.push({ path, name: this.#name(path), before: text, after: applyEdits(text, edits) });
  }

  /** The schemas of the host that this command belongs to, and those of the packages that are installed. */
  #loadSchema(): ConfigSchema {
    const own = discoverPackages(import.meta.dirname);
    const foreign = discoverPackages(this.#repository.backend).filter(
      ({ manifest }) => Object.keys(manifest).length === 0,
    );
    return loadConfigSchema([...own, ...foreign]);
  }

  async #migrateManifest(files: readonly SourceFile[], becomesModule: boolean): Promise<void> {
    const { backend, root } = this.#repository;
    const keepsDefaults = files
      .flatMap(findModuleReferences)
      .some(({ specifier }) => specifier !== BACKSTAGE_DEFAULTS && packageOf(specifier) === BACKSTAGE_DEFAULTS);
    const needsTransform = this.#findSourceMembers().length > 0;
    const needs = { becomesModule, keepsDefaults, needsTransform, facts: this.#facts };
    await this.#change(join(backend, 'package.json'), (text) => migrateManifest(text, this.#repository, needs));
    if (becomesModule) this.#renameLintConfig(join(backend, '.eslintrc.js'));
    const ignored = join(root, '.gitignore');
    if (needsEmbedded(this.#facts) && existsSync(ignored)) await this.#change(ignored, ignoreData);
  }

  /** ESLint reads it as CommonJS, which `.js` no longer is in an ES module. */
  #renameLintConfig(path: string): void {
    if (!existsSync(path)) return;
    const text = readFileSync(path, 'utf8');
    const renamed = path.replace(/js$/, 'cjs');
    this.#changes.push(
      { path, name: this.#name(path), before: text },
      { path: renamed, name: this.#name(renamed), after: text },
    );
  }

  #remarkOnCommonJs({ at, program }: SourceFile): void {
    const hint = 'A failed start ends the process all the same. Write ES modules to await the start.';
    this.#findings.remarks.push(
      lookAt('The host stays CommonJS, where a start cannot be awaited', { hint, source: at(program) }),
    );
  }

  /** Packages of the workspace that the host depends on, and whose main file only Backstage's tools can run. */
  #findSourceMembers(): readonly (readonly [string, string])[] {
    const { manifest, members } = this.#repository;
    return Object.keys(manifest.dependencies ?? {}).flatMap((name) => {
      const member = members.get(name);
      const { main = '', backstage } = member?.manifest ?? {};
      const isForNode = /^(?:backend-plugin|node-library|common-library)/.test(backstage?.role ?? '');
      return member && isForNode && /\.[cm]?tsx?$/.test(main) ? [[name, member.dir] as const] : [];
    });
  }

  #remarkOnMembers(members: readonly (readonly [string, string])[]): void {
    for (const [name, dir] of members) {
      this.#findings.remarks.push(
        lookAt(`${name} has its sources as its main file, which are written for Backstage's tools`, {
          hint: `Run commands with ${TRANSFORM}, as those tools do, or build it.`,
          source: { file: labelOf(join(dir, 'package.json')) },
        }),
      );
    }
  }
}

/** As they stand in the files; the files in the order in which they were looked at. */
function inOrder(problems: readonly Problem[]): readonly Problem[] {
  const files = [...new Set(problems.map(({ source }) => source?.file))];
  const rank = ({ source }: Problem): number =>
    files.indexOf(source?.file) * 1e12 + (source?.line ?? 0) * 1e5 + (source?.column ?? 0);
  return [...problems].sort((a, b) => rank(a) - rank(b));
}

/** How messages name a file: so that it can be opened from where one stands. */
function labelOf(path: string): string {
  return relative(process.cwd(), path);
}

/** The data of the PostgreSQL that comes with the host. */
function ignoreData(text: string): string {
  if (/^\/?\.bulkhead\/?$/m.test(text)) return text;
  return `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}# What the PostgreSQL of the host stores\n.bulkhead/\n`;
}
