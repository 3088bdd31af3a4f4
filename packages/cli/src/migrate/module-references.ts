import { child, children, nameOf, walk, type SourceFile, type SyntaxNode } from './source-file.ts';

/** A name that a file takes from another module. */
export interface ImportedName {
  /** As the other module calls it; `default`, or `*` for all of it. */
  readonly imported: string;
  /** As this file calls it. */
  readonly local: string;
  readonly isType: boolean;
  readonly node: SyntaxNode;
}

/** A place at which a file names another module. */
export interface ModuleReference {
  /** `import … from`, `export … from`, `import('…')`, `require('…')`. */
  readonly kind: 'import' | 'export' | 'dynamic' | 'require';
  readonly specifier: string;
  /** The text of the specifier, quotes included. */
  readonly literal: SyntaxNode;
  readonly node: SyntaxNode;
  readonly isType: boolean;
  readonly names: readonly ImportedName[];
}

/** Every place at which a file names another module by a fixed text. */
export function findModuleReferences({ program }: SourceFile): readonly ModuleReference[] {
  const references: ModuleReference[] = [];
  walk(program, (node, parent) => {
    const reference = readDeclaration(node) ?? readCall(node, parent);
    if (reference) references.push(reference);
  });
  return references;
}

function readDeclaration(node: SyntaxNode): ModuleReference | undefined {
  const literal = child(node, 'source');
  const specifier = nameOf(literal);
  if (!literal || specifier === undefined || !/^(?:Import|Export)\w*Declaration$/.test(node.type)) return undefined;
  const isImport = node.type === 'ImportDeclaration';
  const isType = (isImport ? node.importKind : node.exportKind) === 'type';
  const names = children(node, 'specifiers').map((each) => readSpecifier(each, isType));
  return { kind: isImport ? 'import' : 'export', specifier, literal, node, isType, names };
}

function readSpecifier(node: SyntaxNode, isTypeOnly: boolean): ImportedName {
  const local = nameOf(child(node, 'local')) ?? '';
  const imported = { ImportDefaultSpecifier: 'default', ImportNamespaceSpecifier: '*' }[node.type];
  const isType = isTypeOnly || node.importKind === 'type' || node.exportKind === 'type';
  return { imported: imported ?? nameOf(child(node, 'imported')) ?? local, local, isType, node };
}

/** `import('…')`, and `require('…')` with the names that it is taken apart into. */
function readCall(node: SyntaxNode, parent: SyntaxNode | undefined): ModuleReference | undefined {
  if (node.type !== 'CallExpression') return undefined;
  const callee = child(node, 'callee');
  const [literal] = children(node, 'arguments');
  const specifier = literal?.type === 'StringLiteral' ? nameOf(literal) : undefined;
  const kind = callee?.type === 'Import' ? 'dynamic' : nameOf(callee) === 'require' ? 'require' : undefined;
  if (!literal || specifier === undefined || !kind) return undefined;
  const pattern = parent?.type === 'VariableDeclarator' ? child(parent, 'id') : undefined;
  const names = children(pattern, 'properties').map((property) => ({
    imported: nameOf(child(property, 'key')) ?? '',
    local: nameOf(child(property, 'value')) ?? '',
    isType: false,
    node: property,
  }));
  return { kind, specifier, literal, node, isType: false, names };
}
