import type { Rule } from 'eslint';
import { importListener } from '../imports/on-import.ts';
import { parseSpecifier } from '../imports/specifier.ts';
import { owningPackage, rootPackage, type Manifest, type Package } from '../manifest.ts';
import { isTestFile } from '../test-file.ts';

/**
 * A package imports only what its own `package.json` declares, since elsewhere nothing is hoisted next to it.
 *
 * Test files may also import development dependencies, the package's own and those of the root of the repository.
 */
export const declaredDependencies: Rule.RuleModule = {
  meta: {
    type: 'problem',
    docs: { description: 'Require imported packages to be declared' },
    messages: {
      undeclared: "'{{name}}' is not declared in the package.json of '{{from}}'. Add it to {{field}}.",
    },
    schema: [],
  },
  create(context) {
    const owner = owningPackage(context.filename);
    if (!owner) return {};
    const test = isTestFile(context.filename, owner);
    const declared = declaredNames(owner, test);
    return importListener((specifier, node) => {
      const parsed = parseSpecifier(specifier);
      if (parsed.type !== 'package') return;
      const { name } = parsed;
      if (name === owner.manifest.name || declared.has(name) || declared.has(typesOf(name))) return;
      const field = test ? 'devDependencies' : 'dependencies or peerDependencies';
      context.report({ node, messageId: 'undeclared', data: { name, from: owner.manifest.name, field } });
    });
  },
};

function declaredNames(owner: Package, test: boolean): Set<string> {
  const { dependencies, optionalDependencies, peerDependencies } = owner.manifest;
  const own = [dependencies, optionalDependencies, peerDependencies];
  const development: Manifest['devDependencies'][] = test
    ? [owner.manifest.devDependencies, rootPackage(owner).manifest.devDependencies]
    : [];
  return new Set([...own, ...development].flatMap((group) => Object.keys(group ?? {})));
}

/** Where the types of an untyped package come from; who needs no more than them declares no more. */
function typesOf(name: string): string {
  return `@types/${name.replace(/^@/, '').replace('/', '__')}`;
}
