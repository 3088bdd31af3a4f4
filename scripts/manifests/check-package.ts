import { existsSync } from 'node:fs';
import path from 'node:path';
import { isLayerName, layerNames } from '../../packages/eslint-plugin/src/layer-table.ts';
import type { Finding } from '../finding.ts';
import { checkExports } from './check-exports.ts';
import { checkPlugin } from './check-plugin.ts';
import type { Workspace, WorkspacePackage } from './workspace.ts';

/** Which layers a role may stand for; a role that is left out of a layer's packages is refused. */
const layersOfRole: Readonly<Record<string, readonly string[]>> = {
  'common-library': ['foundation', 'plugin-common'],
  'node-library': layerNames.filter((layer) => !['plugin', 'plugin-common', 'app'].includes(layer)),
  'backend-plugin': ['plugin'],
  'backend-plugin-module': ['plugin'],
  cli: ['tooling'],
  backend: ['app'],
};

/** What is published of every package: the build, and the sources that the condition `@bulkhead/source` leads to. */
const published = ['dist', 'src', '!**/*.test.*', '!**/*.test-d.*', '!**/*.tsbuildinfo'];

/** Checks one manifest for itself: name, version, licence, layer, role, exports. */
export function checkPackage(workspace: Workspace, entry: WorkspacePackage): Finding[] {
  const messages = [
    ...checkIdentity(workspace, entry),
    ...checkLayer(entry),
    ...checkExports(workspace.root, entry),
    ...checkPlugin(workspace.version, entry),
  ];
  const findings = messages.map((message) => ({ file: `${entry.dir}/package.json`, message }));
  if (existsSync(path.join(workspace.root, entry.dir, 'README.md'))) return findings;
  return [...findings, { file: `${entry.dir}/README.md`, message: 'is missing; every package has one' }];
}

function checkIdentity({ version, manifest: root }: Workspace, { dir, folder, manifest }: WorkspacePackage): string[] {
  const name = dir.startsWith('plugins/') ? `@bulkhead/plugin-${folder}` : `@bulkhead/${folder}`;
  const expected: [keyof typeof manifest, unknown][] = [
    ['name', name],
    ['version', version],
    ['license', root.license],
    ['type', 'module'],
    ['engines', root.engines],
  ];
  const messages = expected
    .filter(([field, value]) => JSON.stringify(manifest[field]) !== JSON.stringify(value))
    .map(([field, value]) => `"${field}" must be ${JSON.stringify(value)}, not ${JSON.stringify(manifest[field])}`);
  const missing = published.filter((pattern) => !manifest.files?.includes(pattern));
  if (missing.length > 0) messages.push(`"files" lacks ${missing.map((pattern) => `"${pattern}"`).join(', ')}`);
  if (!manifest.description?.endsWith('.'))
    messages.push('"description" must be a sentence that ends with a full stop');
  return messages;
}

function checkLayer({ dir, manifest }: WorkspacePackage): string[] {
  const { layer = '', role = '' } = manifest.bulkhead ?? {};
  if (!isLayerName(layer)) return [`"bulkhead.layer" must be one of ${layerNames.join(', ')}, not "${layer}"`];
  const group = layer.startsWith('plugin') ? 'plugins' : 'packages';
  const messages = dir.startsWith(`${group}/`) ? [] : [`the layer ${layer} belongs into ${group}/`];
  const allowed = layersOfRole[role];
  if (!allowed) messages.push(`"bulkhead.role" must be one of ${Object.keys(layersOfRole).join(', ')}, not "${role}"`);
  else if (!allowed.includes(layer)) messages.push(`the role ${role} does not fit the layer ${layer}`);
  return messages;
}
