import type { Rule } from 'eslint';
import type { CallExpression, Node } from 'estree';

/** Called with every module specifier that stands in a file as a literal, and the node to report it at. */
export type OnImport = (specifier: string, node: Node) => void;

/**
 * A listener for every way a file can name a module: `import`, `export … from`, `import()`, the type `import('…')`,
 * `import … = require()`, `require()`, `require.resolve()` and `import.meta.resolve()`. Computed specifiers are left alone.
 */
export function importListener(onImport: OnImport): Rule.RuleListener {
  const report = (node: Node | null | undefined): void => {
    const specifier = literalText(node);
    if (node && specifier !== undefined) onImport(specifier, node);
  };
  const visit = ({ source }: { source?: unknown }): void => report(source as Node | null | undefined);
  return {
    ImportDeclaration: visit,
    ExportNamedDeclaration: visit,
    ExportAllDeclaration: visit,
    ImportExpression: visit,
    TSImportType: visit,
    TSExternalModuleReference: ({ expression }: { expression?: unknown }) => report(expression as Node | undefined),
    CallExpression: (node) => {
      if (loadsModule(node)) report(node.arguments[0]);
    },
  };
}

function literalText(node: Node | null | undefined): string | undefined {
  if (node?.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined;
  const isPlain = node?.type === 'TemplateLiteral' && node.expressions.length === 0;
  return isPlain ? (node.quasis[0]?.value.cooked ?? undefined) : undefined;
}

function loadsModule({ callee }: CallExpression): boolean {
  if (callee.type === 'Identifier') return callee.name === 'require';
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return false;
  const { object, property } = callee;
  const isLoader = object.type === 'MetaProperty' || (object.type === 'Identifier' && object.name === 'require');
  return isLoader && property.name === 'resolve';
}
