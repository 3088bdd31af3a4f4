import type { Rule } from 'eslint';
import type { Node } from 'estree';

/** Called with every module specifier that stands in a file as a literal, and the node to report it at. */
export type OnImport = (specifier: string, node: Node) => void;

/**
 * A listener for every way a file can name a module: `import`, `export … from`, `import()` and the type `import('…')`.
 * Computed specifiers are left alone.
 */
export function importListener(onImport: OnImport): Rule.RuleListener {
  const visit = ({ source }: { source?: unknown }): void => {
    const node = source as Node | null | undefined;
    if (node?.type === 'Literal' && typeof node.value === 'string') onImport(node.value, node);
  };
  return {
    ImportDeclaration: visit,
    ExportNamedDeclaration: visit,
    ExportAllDeclaration: visit,
    ImportExpression: visit,
    TSImportType: visit,
  };
}
