import { createMutableConfig, type MutableConfig, type ObservableConfig } from '@bulkhead/config';
import type { Problem, ProblemSource, ProblemsError } from '@bulkhead/errors';
import type { JsonObject } from '@bulkhead/types';
import { resolve } from 'node:path';
import { invalidConfig } from '../errors.ts';
import { isOutdated, readSnapshot, type ConfigSnapshot } from '../read/read-snapshot.ts';
import { findConfigDir, selectFiles } from '../read/select-files.ts';
import type { ConfigSchema } from '../schema/config-schema.ts';
import { collectSecrets } from '../schema/secrets.ts';
import {
  checkForeignSections,
  validateTree,
  type ConfigReport,
  type ValidationScope,
} from '../schema/validate-tree.ts';
import { sourceOf } from '../tree/located-tree.ts';
import { watchFiles, type FileWatch } from '../watch/watch-files.ts';

/** Where a configuration comes from and what happens to it. */
export interface LoadConfigOptions {
  /**
   * The folder of the files; those that are named are relative to it. Default: the folder of `app-config.yaml`, looked
   * for from the working folder upwards to the root of the workspace.
   */
  readonly dir?: string;
  /** Files to read in place of the usual ones, lowest first. They must be there. */
  readonly files?: readonly string[];
  /** A command line in which `--config <file>` names files. */
  readonly args?: readonly string[];
  /** For `${VAR}`, `$env`, `APP_CONFIG_…`, `BULKHEAD_ENV` and `BACKSTAGE_ENV`. Default: that of the process. */
  readonly env?: NodeJS.ProcessEnv;
  /** Checks the configuration, now and after each change. See also {@link LoadedConfig.useSchema}. */
  readonly schema?: ConfigSchema;
  /** Follow changes of the files. Default: no. */
  readonly watch?: boolean | WatchOptions;
  /** `collect` puts what is wrong into {@link LoadedConfig.problems}. Default: throw it. */
  readonly onInvalid?: 'throw' | 'collect';
  /** Gets what subscribers throw. Default: an unhandled rejection. */
  readonly onListenerError?: (error: unknown) => void;
}

/** What happens when files change. */
export interface WatchOptions {
  /** Called after a change has taken effect, with what it is wise to look at. */
  readonly onChange?: (warnings: readonly Problem[]) => void;
  /**
   * Called when a change is faulty. The configuration stays as it was. Sections that are faulty already, with problems
   * collected, may stay so.
   */
  readonly onProblems?: (error: ProblemsError) => void;
  /** Called when the files cannot be watched. */
  readonly onError?: (error: unknown) => void;
  /** Milliseconds without a further change before one counts. Default: 100. */
  readonly debounce?: number;
}

/** A configuration that has been loaded. */
export interface LoadedConfig {
  /** The configuration, which follows the files if they are watched. */
  readonly config: ObservableConfig;
  /** The folder of the files. */
  readonly dir: string;
  /** The files that were read, lowest first. Absolute paths. Included files are not among them. */
  readonly files: readonly string[];
  /** The whole tree as it is now. Has secrets in it. */
  readonly data: JsonObject;
  /** What a host can live with: unknown sections, deprecated keys, … */
  readonly warnings: readonly Problem[];
  /** What is wrong, with `onInvalid: 'collect'`; else empty. */
  readonly problems: readonly Problem[];
  /** The values that logs must not show, as they are now. */
  secrets(): ReadonlySet<string>;
  /** Where the value at a path was written. */
  sourceOf(path: readonly string[]): ProblemSource | undefined;
  /**
   * Checks the configuration against a schema that was not known when it was loaded, and from now on after each change.
   * @throws ProblemsError `ERR_CONFIG_INVALID`, unless problems are collected
   */
  useSchema(schema: ConfigSchema, scope?: ValidationScope): Promise<ConfigReport>;
  /** What was left out by `useSchema(schema, { withoutForeign: true })`, of the configuration as it is now. */
  checkForeign(): Promise<readonly Problem[]>;
  /** Stops watching. */
  close(): Promise<void>;
}

/**
 * Loads the configuration of a host.
 *
 * @throws ProblemsError `ERR_CONFIG_INVALID` with everything that is wrong, each with file, line and column
 */
export async function loadConfig(options: LoadConfigOptions = {}): Promise<LoadedConfig> {
  const loader = await ConfigLoader.create(options);
  await loader.start();
  return loader;
}

const DEFAULT_DEBOUNCE = 100;

class ConfigLoader implements LoadedConfig {
  readonly dir: string;
  readonly #options: LoadConfigOptions;
  readonly #mutable: MutableConfig;
  readonly #read: () => ConfigSnapshot;
  #snapshot: ConfigSnapshot;
  #report: ConfigReport = { problems: [], warnings: [] };
  #schema: ConfigSchema | undefined;
  #watch: FileWatch | undefined;
  #closed = false;
  #reloading: Promise<void> = Promise.resolve();

  private constructor(options: LoadConfigOptions, dir: string, read: () => ConfigSnapshot) {
    this.dir = dir;
    this.#options = options;
    this.#schema = options.schema;
    this.#read = read;
    this.#snapshot = read();
    this.#mutable = createMutableConfig(this.#snapshot.data, {
      sourceOf: (path) => this.sourceOf(path),
      onListenerError: options.onListenerError,
    });
  }

  static async create(options: LoadConfigOptions): Promise<ConfigLoader> {
    const dir = options.dir === undefined ? findConfigDir(process.cwd()) : resolve(options.dir);
    const env = options.env ?? process.env;
    const yaml = await import('yaml');
    const { files, args } = options;
    return new ConfigLoader(options, dir, () => readSnapshot(selectFiles({ dir, files, args, env }), env, yaml));
  }

  get config(): ObservableConfig {
    return this.#mutable.config;
  }

  get files(): readonly string[] {
    return this.#snapshot.files;
  }

  get data(): JsonObject {
    return this.#snapshot.data;
  }

  get problems(): readonly Problem[] {
    return joinProblems(this.#snapshot, this.#report);
  }

  get warnings(): readonly Problem[] {
    return [...this.#snapshot.warnings, ...this.#report.warnings];
  }

  secrets(): ReadonlySet<string> {
    return collectSecrets(this.#snapshot.data, this.#schema);
  }

  sourceOf(path: readonly string[]): ProblemSource | undefined {
    return sourceOf(this.#snapshot.tree, path);
  }

  async useSchema(schema: ConfigSchema, scope?: ValidationScope): Promise<ConfigReport> {
    this.#schema = schema;
    this.#report = await validateTree(this.#snapshot, schema, scope);
    this.#refuse(this.problems);
    return this.#report;
  }

  async checkForeign(): Promise<readonly Problem[]> {
    return this.#schema ? checkForeignSections(this.#snapshot, this.#schema) : [];
  }

  async start(): Promise<void> {
    if (this.#schema) {
      this.#report = await validateTree(this.#snapshot, this.#schema);
    }
    this.#refuse(this.problems);
    if (this.#options.watch) {
      await this.#startWatching();
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#watch?.close();
    await this.#reloading;
  }

  get #watchOptions(): WatchOptions {
    return typeof this.#options.watch === 'object' ? this.#options.watch : {};
  }

  #refuse(problems: readonly Problem[]): void {
    if (problems.length > 0 && this.#options.onInvalid !== 'collect') {
      throw invalidConfig(problems);
    }
  }

  async #startWatching(): Promise<void> {
    const { debounce = DEFAULT_DEBOUNCE, onError = () => {} } = this.#watchOptions;
    this.#watch = watchFiles([...this.#snapshot.stamps.keys()], {
      debounce,
      onError,
      onChange: () => {
        // One after the other, or an older state could win over a newer one.
        this.#reloading = this.#reloading.then(() => this.#reload()).catch(onError);
      },
    });
    if (isOutdated(this.#snapshot)) {
      await this.#reload();
    }
  }

  #readAndWatch(): ConfigSnapshot {
    const snapshot = this.#read();
    this.#watch?.update([...snapshot.stamps.keys()]);
    return snapshot;
  }

  /** Takes over what the files say now. */
  async #reload(): Promise<void> {
    let snapshot = this.#readAndWatch();
    if (isOutdated(snapshot)) {
      // A file changed before it was watched. Later changes are seen.
      snapshot = this.#readAndWatch();
    }
    const report = this.#schema ? await validateTree(snapshot, this.#schema) : { problems: [], warnings: [] };
    if (this.#closed) {
      return;
    }
    // Whoever collects problems has decided to live with those sections: a plugin that was left out reads none.
    const faulty = new Set(this.problems.map(({ path }) => path?.[0]));
    const problems = joinProblems(snapshot, report).filter(({ path }) => !path || !faulty.has(path[0]));
    if (problems.length > 0) {
      this.#watchOptions.onProblems?.(invalidConfig(problems));
      return;
    }
    this.#snapshot = snapshot;
    this.#report = report;
    if (this.#mutable.set(snapshot.data)) {
      this.#watchOptions.onChange?.(this.warnings);
    }
  }
}

/** Everything that is wrong, in the order in which it stands in the files. */
function joinProblems(snapshot: ConfigSnapshot, report: ConfigReport): readonly Problem[] {
  const problems = [...snapshot.problems, ...report.problems];
  const files = [...new Set(problems.map(({ source }) => source?.file))];
  const rank = ({ source }: Problem): readonly number[] => [
    files.indexOf(source?.file),
    source?.line ?? 0,
    source?.column ?? 0,
  ];
  return problems.sort((a, b) => rank(a).reduce((order, value, index) => order || value - rank(b)[index]!, 0));
}
