import { findModuleReferences, type ImportedName, type ModuleReference } from './module-references.ts';
import { child, childrenOf, nameOf, type SourceFile, type SyntaxNode } from './source-file.ts';
import type { TextEdit } from './text-edits.ts';

/** Nodes of types that hold a value. */
const TYPE_WITH_VALUE =
  /^TS(?:AsExpression|SatisfiesExpression|NonNullExpression|TypeAssertion|InstantiationExpression|ExportAssignment|ParameterProperty|EnumDeclaration|EnumBody|EnumMember|ModuleDeclaration|ModuleBlock|ImportEqualsDeclaration)$/;

/**
 * Marks the imported names that only stand for types. A compiler leaves such imports out, but Node.js, which strips
 * types without looking at other files, has to be told.
 */
export function markTypeOnlyNames(file: SourceFile): readonly TextEdit[] {
  const used = findUsedNames(file.program);
  return findModuleReferences(file).flatMap((reference) => {
    if (reference.kind !== 'import' || reference.isType) return [];
    const values = reference.names.filter(({ isType }) => !isType);
    const types = values.filter(({ local }) => !used.has(local));
    if (types.length === 0) return [];
    return types.length === reference.names.length ? markAll(reference) : types.flatMap(markOne);
  });
}

/** `import { A }` becomes `import type { A }`; a default name and others cannot share a type import. */
function markAll({ node, names }: ModuleReference): readonly TextEdit[] {
  const isMixed = names.some(({ imported }) => imported === 'default') && names.length > 1;
  if (isMixed) return names.flatMap(markOne);
  const start = node.start + 'import'.length;
  return [{ start, end: start, text: ' type' }];
}

function markOne({ node }: ImportedName): readonly TextEdit[] {
  return node.type === 'ImportSpecifier' ? [{ start: node.start, end: node.start, text: 'type ' }] : [];
}

/** The names that stand for values somewhere. */
function findUsedNames(program: SyntaxNode): ReadonlySet<string> {
  const used = new Set<string>();
  const enter = (node: SyntaxNode): void => {
    if (node.type === 'ImportDeclaration') return;
    if (node.type.startsWith('TS') && !TYPE_WITH_VALUE.test(node.type)) return;
    if (/^(?:JSX)?Identifier$/.test(node.type)) used.add(String(node.name));
    const silent = silentKey(node);
    for (const each of childrenOf(node)) if (each !== silent) enter(each);
  };
  enter(program);
  return used;
}

/** The name of a member, which is no reference. */
function silentKey(node: SyntaxNode): SyntaxNode | undefined {
  if (node.computed === true) return undefined;
  if (/^(?:Optional)?MemberExpression$/.test(node.type)) return child(node, 'property');
  const key = /^(?:Object|Class)(?:Property|Method)$/.test(node.type) ? child(node, 'key') : undefined;
  return key && nameOf(key) !== undefined && node.shorthand !== true ? key : undefined;
}
