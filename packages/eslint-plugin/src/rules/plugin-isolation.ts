import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Rule } from 'eslint';
import { importListener } from '../imports/on-import.ts';
import { parseSpecifier } from '../imports/specifier.ts';
import { installedPackage, owningPackage, type Package } from '../manifest.ts';
import { isTestFile } from '../test-file.ts';

/**
 * A plugin never imports another plugin, by name or by path, whole or in part, in code or for its types. It reaches one
 * over HTTP, or knows it by its `-node` and `-common` packages.
 *
 * The test of a module may start the very plugin that the module extends.
 */
export const pluginIsolation: Rule.RuleModule = {
  meta: {
    type: 'problem',
    docs: { description: 'Keep plugins from importing each other' },
    messages: {
      plugin:
        "'{{from}}' may not import the plugin '{{to}}'. Plugins reach each other over HTTP: import '{{node}}' or '{{common}}', and move there what both need.",
      own: "'{{from}}' extends '{{to}}' through its extension points only: import them from '{{node}}'. Only tests may import the plugin.",
    },
    schema: [],
  },
  create(context) {
    const owner = owningPackage(context.filename);
    if (owner?.manifest.bulkhead?.layer !== 'plugin') return {};
    const test = isTestFile(context.filename, owner);
    return importListener((specifier, node) => {
      const target = targetOf(specifier, owner, context.filename);
      if (target?.manifest.bulkhead?.layer !== 'plugin' || target.manifest.name === owner.manifest.name) return;
      const own = extendsPlugin(owner, target);
      if (own && test) return;
      context.report({ node, messageId: own ? 'own' : 'plugin', data: names(owner, target) });
    });
  },
};

/** The package that a specifier leads into, be it by name or by a path to one of its files. */
function targetOf(specifier: string, owner: Package, file: string): Package | undefined {
  const parsed = parseSpecifier(specifier);
  if (parsed.type === 'package') return installedPackage(parsed.name, owner.dir);
  if (parsed.type !== 'relative' || specifier.startsWith('data:')) return undefined;
  const target = specifier.startsWith('file:') ? fileURLToPath(specifier) : specifier;
  // As if it were a folder, which it may be: a file has no manifest in it, so the search goes on above.
  return owningPackage(path.join(path.resolve(path.dirname(file), target), 'index'));
}

function extendsPlugin(owner: Package, target: Package): boolean {
  const [module, plugin] = [owner.manifest.bulkhead, target.manifest.bulkhead];
  return module?.role === 'backend-plugin-module' && module.pluginId === plugin?.pluginId;
}

function names(owner: Package, target: Package): Record<string, string> {
  const to = target.manifest.name;
  const stem = to.replace(/-backend(-module-.*)?$/, '');
  return { from: owner.manifest.name, to, node: `${stem}-node`, common: `${stem}-common` };
}
