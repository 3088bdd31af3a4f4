import type { Problem } from '@bulkhead/errors';
import type { JsonObject } from '@bulkhead/types';
import { badYaml, unreadableFile } from '../errors.ts';
import { toPlainObject, type LocatedObject } from '../tree/located-tree.ts';
import { mergeTrees } from '../tree/merge.ts';
import { readEnvironmentOverrides } from './environment-overrides.ts';
import { displayName, FileStore, stampOf } from './file-store.ts';
import type { YamlModule } from './parse-yaml.ts';
import { DirectiveResolver } from './resolve-directives.ts';
import type { CandidateFile, FileSelection } from './select-files.ts';

/** The configuration as it was at one moment. */
export interface ConfigSnapshot {
  /** Everything with its places. */
  readonly tree: LocatedObject;
  /** Everything without. */
  readonly data: JsonObject;
  /** The configuration files that are there, lowest first. Absolute paths. */
  readonly files: readonly string[];
  /**
   * All files whose change may change the configuration, those included and those not yet there, with what they
   * looked like. Absolute paths.
   */
  readonly stamps: ReadonlyMap<string, string>;
  /** What is wrong with the files themselves. */
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
  /** Whether a file is missing from `tree` because of a problem: then nobody can say which keys are missing. */
  readonly incomplete: boolean;
}

/** Reads the files and the environment, and lays them over each other. */
export function readSnapshot(selection: FileSelection, env: NodeJS.ProcessEnv, yaml: YamlModule): ConfigSnapshot {
  const store = new FileStore(yaml);
  const problems: Problem[] = [...selection.problems];
  const resolver = new DirectiveResolver(store, (name) => env[name]);
  const files: string[] = [];
  let incomplete = selection.problems.length > 0;
  let tree: LocatedObject = { type: 'object', entries: new Map(), source: { file: 'the configuration' } };
  for (const candidate of selection.candidates) {
    const layer = readLayer(candidate, store, resolver);
    problems.push(...layer.problems);
    incomplete ||= layer.problems.length > 0 && !layer.tree;
    if (layer.present) {
      files.push(candidate.path);
    }
    if (layer.tree) {
      tree = mergeTrees(tree, layer.tree);
    }
  }
  problems.push(...resolver.problems);
  const overrides = readEnvironmentOverrides(env);
  problems.push(...overrides.problems);
  tree = mergeTrees(tree, overrides.tree);
  return {
    tree,
    data: toPlainObject(tree),
    files,
    stamps: store.stamps,
    problems,
    warnings: selection.warnings,
    incomplete,
  };
}

/** Whether a file has changed since it was read. */
export function isOutdated({ stamps }: ConfigSnapshot): boolean {
  return [...stamps].some(([file, stamp]) => stampOf(file) !== stamp);
}

interface Layer {
  readonly present: boolean;
  readonly tree?: LocatedObject;
  readonly problems: readonly Problem[];
}

function readLayer({ path, required }: CandidateFile, store: FileStore, resolver: DirectiveResolver): Layer {
  const content = store.read(path);
  if (content.type === 'unreadable') {
    const acceptable = content.missing && !required;
    return { present: false, problems: acceptable ? [] : [unreadableFile(displayName(path), content.reason)] };
  }
  const parsed = store.parse(path, content.text);
  const root = parsed.root && resolver.resolve(parsed.root, { path: [], file: path, includes: [] });
  if (!root || root.type === 'unresolved' || (root.type === 'scalar' && root.value === null)) {
    return { present: true, problems: parsed.problems };
  }
  if (root.type !== 'object') {
    const problem = badYaml('a configuration file is a mapping of keys to values', root.source);
    return { present: true, problems: [...parsed.problems, problem] };
  }
  return { present: true, tree: root, problems: parsed.problems };
}
