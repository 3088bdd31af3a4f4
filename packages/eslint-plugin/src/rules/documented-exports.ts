import type { Rule } from 'eslint';
import type { ExportNamedDeclaration } from 'estree';
import { owningPackage } from '../manifest.ts';
import { isTestFile } from '../test-file.ts';

/**
 * Whatever a source exports says what it is for, in a comment that editors show.
 *
 * Of overloads the first is enough. Re-exports are documented where they come from.
 */
export const documentedExports: Rule.RuleModule = {
  meta: {
    type: 'suggestion',
    docs: { description: 'Require a TSDoc comment on every export' },
    messages: { undocumented: "'{{name}}' is exported without a TSDoc comment (/** … */). Say what it is for." },
    schema: [],
  },
  create(context) {
    const owner = owningPackage(context.filename);
    if (!owner || isTestFile(context.filename, owner)) return {};
    const seen = new Set<string>();
    return {
      ExportNamedDeclaration(node) {
        if (!node.declaration) return;
        const names = namesOf(node.declaration);
        const overload = names.every((name) => seen.has(name));
        for (const name of names) seen.add(name);
        if (overload || isDocumented(node, context)) return;
        context.report({ node: node.declaration, messageId: 'undocumented', data: { name: names.join(', ') } });
      },
    };
  },
};

function isDocumented(node: ExportNamedDeclaration, context: Rule.RuleContext): boolean {
  const comment = context.sourceCode.getCommentsBefore(node).at(-1);
  return comment?.type === 'Block' && comment.value.startsWith('*');
}

/** The names that a declaration declares; TypeScript's own declarations have an `id` like those of JavaScript. */
function namesOf(declaration: NonNullable<ExportNamedDeclaration['declaration']>): string[] {
  if (declaration.type === 'VariableDeclaration') {
    return declaration.declarations.map(({ id }) => (id.type === 'Identifier' ? id.name : 'destructured names'));
  }
  return [declaration.id.name];
}
