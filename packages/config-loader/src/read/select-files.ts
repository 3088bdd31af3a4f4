import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { nearestName, type Problem } from '@bulkhead/errors';
import { badEnvironmentName, missingArgument, noConfigFile, noEnvironmentFile } from '../errors.ts';
import { displayName } from './file-store.ts';

/** A file that may be part of the configuration. */
export interface CandidateFile {
  /** Absolute. */
  readonly path: string;
  /** Whether it is an error if the file is not there. */
  readonly required: boolean;
}

/** The files to read, lowest first. */
export interface FileSelection {
  readonly candidates: readonly CandidateFile[];
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
}

/** Where to look for files, and what was said about it. */
export interface SelectFilesOptions {
  readonly dir: string;
  readonly files?: readonly string[];
  readonly args?: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Chooses the files: those named by `files` or by `--config`, else `app-config.yaml`, `app-config.<env>.yaml`,
 * `app-config.local.yaml` and `app-config.<env>.local.yaml` as far as they are there.
 */
export function selectFiles({ dir, files, args = [], env }: SelectFilesOptions): FileSelection {
  const fromArgs = parseConfigArgs(args);
  const named = [...(files ?? []), ...fromArgs.files];
  if (named.length > 0 || fromArgs.problems.length > 0) {
    const candidates = named.map((file) => ({ path: resolve(dir, file), required: true }));
    return { candidates, problems: fromArgs.problems, warnings: [] };
  }
  const { environments, problems } = readEnvironmentNames(env);
  const names = [
    'app-config.yaml',
    ...environments.map((environment) => `app-config.${environment}.yaml`),
    'app-config.local.yaml',
    ...environments.map((environment) => `app-config.${environment}.local.yaml`),
  ];
  return {
    candidates: names.map((name) => ({ path: join(dir, name), required: false })),
    problems,
    warnings: [
      ...(existsSync(join(dir, 'app-config.yaml')) ? [] : [noConfigFile(displayName(dir))]),
      ...environments.flatMap((environment) => checkEnvironment(dir, environment)),
    ],
  };
}

/** The files behind `--config` in a command line: `--config a.yaml --config=b.yaml`. Other arguments are not looked at. */
export function parseConfigArgs(args: readonly string[]): { files: readonly string[]; problems: readonly Problem[] } {
  const files: string[] = [];
  const problems: Problem[] = [];
  for (let index = 0; index < args.length && args[index] !== '--'; index++) {
    const arg = args[index]!;
    const value = arg === '--config' ? args[++index] : arg.startsWith('--config=') ? arg.slice(9) : null;
    if (value === undefined || value === '' || value?.startsWith('--')) {
      problems.push(missingArgument());
    } else if (value !== null) {
      files.push(value);
    }
  }
  return { files, problems };
}

/**
 * The folder of `app-config.yaml`: `from` or the nearest one above it, up to the root of the workspace or repository.
 * Gives `from` if there is none.
 */
export function findConfigDir(from: string): string {
  for (let dir = resolve(from); ; dir = dirname(dir)) {
    if (existsSync(join(dir, 'app-config.yaml'))) {
      return dir;
    }
    if (dir === dirname(dir) || existsSync(join(dir, '.git')) || isWorkspaceRoot(dir)) {
      return resolve(from);
    }
  }
}

function isWorkspaceRoot(dir: string): boolean {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8'));
    return typeof manifest === 'object' && manifest !== null && 'workspaces' in manifest;
  } catch {
    return false;
  }
}

function readEnvironmentNames(env: NodeJS.ProcessEnv): { environments: readonly string[]; problems: Problem[] } {
  const environments = new Set<string>();
  const problems: Problem[] = [];
  for (const variable of ['BULKHEAD_ENV', 'BACKSTAGE_ENV']) {
    for (const name of (env[variable] ?? '').split(',').map((text) => text.trim())) {
      if (name !== '' && !/^[\w-][\w.-]*$/.test(name)) {
        problems.push(badEnvironmentName(variable));
      } else if (name !== '') {
        environments.add(name);
      }
    }
  }
  return { environments: [...environments], problems };
}

function checkEnvironment(dir: string, environment: string): Problem[] {
  const names = [`app-config.${environment}.yaml`, `app-config.${environment}.local.yaml`];
  if (names.some((name) => existsSync(join(dir, name)))) {
    return [];
  }
  const present = listFiles(dir).flatMap((name) => /^app-config\.(.+?)(?:\.local)?\.yaml$/.exec(name)?.[1] ?? []);
  return [noEnvironmentFile(environment, nearestName(environment, present))];
}

function listFiles(dir: string): readonly string[] {
  try {
    return readdirSync(dir);
  } catch {
    return [];
  }
}
