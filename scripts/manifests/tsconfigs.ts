import path from 'node:path';
import * as prettier from 'prettier';
import { runtimeDependencies, workspacePackagesIn, type Workspace, type WorkspacePackage } from './workspace.ts';

/** Files by path from the root of the repository, and what each must hold. */
export type GeneratedFiles = ReadonlyMap<string, string>;

const testFiles = ['src/**/*.test.ts', 'src/**/*.test-d.ts', 'test', 'jest'];

/**
 * Derives the TypeScript projects of the repository from the dependencies in its manifests.
 *
 * Each package is two projects: `tsconfig.build.json` is what it publishes and what others refer to;
 * `tsconfig.json` adds the tests, which may use packages that depend on theirs, and emits nothing.
 */
export async function deriveTsconfigs(workspace: Workspace): Promise<GeneratedFiles> {
  const projects: [string, object][] = workspace.packages.flatMap((entry): [string, object][] => [
    [`${entry.dir}/tsconfig.build.json`, buildProject(workspace, entry)],
    [`${entry.dir}/tsconfig.json`, testProject(workspace, entry)],
  ]);
  projects.push(['tsconfig.json', rootProject(workspace)]);
  const files = new Map<string, string>();
  for (const [file, project] of projects) files.set(file, await format(workspace, file, project));
  return files;
}

function buildProject(workspace: Workspace, entry: WorkspacePackage): object {
  return {
    extends: toRoot(entry, 'tsconfig.base.json'),
    compilerOptions: { rootDir: 'src', outDir: 'dist', tsBuildInfoFile: 'dist/tsconfig.build.tsbuildinfo' },
    include: ['src'],
    exclude: ['**/*.test.ts', '**/*.test-d.ts'],
    references: references(entry, workspacePackagesIn(workspace, runtimeDependencies(entry))),
  };
}

function testProject(workspace: Workspace, entry: WorkspacePackage): object {
  const used = workspacePackagesIn(workspace, runtimeDependencies(entry), entry.manifest.devDependencies);
  return {
    extends: toRoot(entry, 'tsconfig.test.base.json'),
    compilerOptions: { tsBuildInfoFile: 'dist/tsconfig.tsbuildinfo' },
    include: testFiles,
    references: [{ path: './tsconfig.build.json' }, ...references(entry, used)],
  };
}

function rootProject(workspace: Workspace): object {
  const folders = [...workspace.packages.map(({ dir }) => dir), 'benchmarks', 'scripts'];
  return { files: [], references: folders.map((folder) => ({ path: folder })) };
}

function references(from: WorkspacePackage, to: readonly WorkspacePackage[]): { path: string }[] {
  return to.map(({ dir }) => ({ path: `${path.posix.relative(from.dir, dir)}/tsconfig.build.json` }));
}

function toRoot({ dir }: WorkspacePackage, file: string): string {
  return path.posix.relative(dir, file);
}

async function format({ root }: Workspace, file: string, content: object): Promise<string> {
  const filepath = path.join(root, file);
  const options = await prettier.resolveConfig(filepath);
  return await prettier.format(JSON.stringify(content), { ...options, filepath });
}
