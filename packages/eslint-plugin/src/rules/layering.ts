import path from 'node:path';
import type { Rule } from 'eslint';
import { importListener } from '../imports/on-import.ts';
import { parseSpecifier } from '../imports/specifier.ts';
import { allowedLayers, isLayerName } from '../layer-table.ts';
import { installedPackage, owningPackage, type Package } from '../manifest.ts';
import { isTestFile } from '../test-file.ts';

type Finding = readonly [messageId: string, data?: Record<string, string>];

/**
 * Imports point down the layer table, go through `exports`, and reach other packages by name.
 *
 * Files that belong to no package with a layer are left alone, and so are imports of packages without one.
 */
export const layering: Rule.RuleModule = {
  meta: {
    type: 'problem',
    docs: { description: 'Allow only imports that point down the layer table' },
    messages: {
      upward:
        "'{{from}}' ({{fromLayer}}) may not import '{{to}}' ({{toLayer}}). Allowed layers: {{allowed}}. Move the shared part down, or reach it through a service of @bulkhead/backend-plugin-api.",
      deep: "'{{specifier}}' is private to '{{to}}'. Import one of its exports: {{exports}}.",
      outside: "'{{specifier}}' leaves the package '{{from}}'. Import the other package by its name.",
      unknownLayer:
        "'{{name}}' has the layer '{{layer}}', which the layer table does not know. Correct \"bulkhead.layer\" in its package.json.",
    },
    schema: [],
  },
  create(context) {
    const owner = owningPackage(context.filename);
    if (!owner) return {};
    return importListener((specifier, node) => {
      for (const [messageId, data] of findings(specifier, owner, context.filename)) {
        context.report({ node, messageId, data: { specifier, from: owner.manifest.name, ...data } });
      }
    });
  },
};

function findings(specifier: string, owner: Package, file: string): Finding[] {
  const parsed = parseSpecifier(specifier);
  if (parsed.type === 'builtin') return [];
  if (parsed.type === 'relative') {
    const target = path.resolve(path.dirname(file), specifier);
    return path.relative(owner.dir, target).startsWith('..') ? [['outside']] : [];
  }
  const target = installedPackage(parsed.name, owner.dir);
  if (!target?.manifest.bulkhead?.layer || target.manifest.name === owner.manifest.name) return [];
  return [...deepImport(parsed.subpath, target), ...upwardImport(target, owner, isTestFile(file, owner))];
}

function deepImport(subpath: string, target: Package): Finding[] {
  const { name, exports = { '.': '' } } = target.manifest;
  if (subpath in exports) return [];
  const open = Object.keys(exports).map((key) => path.posix.join(name, key));
  return [['deep', { to: name, exports: open.join(', ') }]];
}

function upwardImport(target: Package, owner: Package, test: boolean): Finding[] {
  const [from, to] = [owner, target].map(({ manifest }) => ({
    name: manifest.name,
    layer: manifest.bulkhead?.layer ?? '',
  }));
  if (!from || !to) return [];
  for (const { name, layer } of [from, to]) {
    if (!isLayerName(layer)) return [['unknownLayer', { name, layer }]];
  }
  if (!isLayerName(from.layer) || !isLayerName(to.layer)) return [];
  // The rule plugin-isolation speaks about plugins among each other.
  if (from.layer === 'plugin' && to.layer === 'plugin') return [];
  const allowed = allowedLayers(from.layer, { test });
  if (allowed.includes(to.layer)) return [];
  return [['upward', { fromLayer: from.layer, to: to.name, toLayer: to.layer, allowed: allowed.join(', ') }]];
}
