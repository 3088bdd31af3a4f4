import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Manifest, Workspace, WorkspacePackage } from './workspace.ts';

/** A package that no check finds fault with, but for the fields given. */
export function packageFixture(dir: string, layer: string, more: Partial<Manifest> = {}): WorkspacePackage {
  const folder = path.basename(dir);
  const name = dir.startsWith('plugins/') ? `@bulkhead/plugin-${folder}` : `@bulkhead/${folder}`;
  const manifest: Manifest = {
    name,
    version: '1.2.0',
    description: 'A fixture.',
    license: 'Apache-2.0',
    type: 'module',
    engines: { node: '>=20' },
    exports: {
      '.': { '@bulkhead/source': './src/index.ts', types: './dist/index.d.ts', default: './dist/index.js' },
      './package.json': './package.json',
    },
    files: ['dist', 'src', '!**/*.test.*', '!**/*.test-d.*', '!**/*.tsbuildinfo'],
    ...more,
    bulkhead: { role: 'node-library', layer, ...more.bulkhead },
  };
  return { dir, folder, manifest };
}

/** A repository of these packages. Its `root` is an empty folder until {@link writeFiles} puts something there. */
export function workspaceFixture(...packages: readonly WorkspacePackage[]): Workspace {
  const root = mkdtempSync(path.join(tmpdir(), 'bulkhead-scripts-'));
  const manifest: Manifest = { license: 'Apache-2.0', engines: { node: '>=20' }, devDependencies: { jest: '^30.0.0' } };
  return { root, version: '1.2.0', manifest, packages };
}

/** Writes files by path from `root`. */
export function writeFiles(root: string, files: Readonly<Record<string, string>>): void {
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), content);
  }
}
