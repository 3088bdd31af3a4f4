import { backendOptions, isMoved, makesNoBackend, staysBehind } from './errors.ts';
import { findModuleReferences, type ImportedName, type ModuleReference } from './module-references.ts';
import type { Findings } from './migration-plan.ts';
import {
  BACKSTAGE_DEFAULTS,
  BULKHEAD_DEFAULTS,
  HOST_PACKAGES,
  insteadOf,
  isNameOnly,
  packageOf,
  SAME_EXPORTS,
} from './replaced-exports.ts';
import { child, children, nameOf, walk, type SourceFile, type SyntaxNode } from './source-file.ts';
import type { TextEdit } from './text-edits.ts';

/**
 * Puts the package of the new host in place of the old one's, wherever a file names it, and finds what cannot be had
 * from there.
 */
export function replaceHostPackage(file: SourceFile, findings: Findings): readonly TextEdit[] {
  return findModuleReferences(file).flatMap((reference) => {
    const name = packageOf(reference.specifier);
    if (name !== BACKSTAGE_DEFAULTS && !Object.hasOwn(HOST_PACKAGES, name)) return [];
    const unknown = namesOf(reference).filter((each) => !isAvailable(each, reference));
    for (const { imported, node } of unknown) {
      const hint = insteadOf(imported, reference.specifier);
      findings.problems.push(staysBehind(imported, reference.specifier, { hint, source: file.at(node) }));
    }
    return reference.specifier === BACKSTAGE_DEFAULTS ? [replaceSpecifier(file, reference)] : [];
  });
}

/** A module that is taken as a whole counts as one name. */
function namesOf({
  names,
  node,
  isType,
}: ModuleReference): readonly Pick<ImportedName, 'imported' | 'isType' | 'node'>[] {
  return names.length > 0 ? names : [{ imported: '*', isType, node }];
}

function isAvailable(
  { imported, isType }: Pick<ImportedName, 'imported' | 'isType'>,
  { specifier }: ModuleReference,
): boolean {
  if (specifier === BACKSTAGE_DEFAULTS) return SAME_EXPORTS.includes(imported);
  return packageOf(specifier) === BACKSTAGE_DEFAULTS && isNameOnly(imported, isType);
}

function replaceSpecifier({ text }: SourceFile, { literal }: ModuleReference): TextEdit {
  const quote = text[literal.start]!;
  return { start: literal.start, end: literal.end, text: `${quote}${BULKHEAD_DEFAULTS}${quote}` };
}

/** What the entry needs besides: its start is awaited, where that is possible. */
export function rewriteStart(
  file: SourceFile,
  { canAwait }: { readonly canAwait: boolean },
  findings: Findings,
): readonly TextEdit[] {
  const makers = new Set(
    findModuleReferences(file)
      .filter(({ specifier }) => specifier === BACKSTAGE_DEFAULTS)
      .flatMap(({ names }) => names.filter(({ imported }) => imported === 'createBackend').map(({ local }) => local)),
  );
  const backends = new Set<string>();
  let calls = 0;
  walk(file.program, (node, parent) => {
    if (!isCallOf(node, makers)) return;
    calls++;
    const variable = parent?.type === 'VariableDeclarator' ? nameOf(child(parent, 'id')) : undefined;
    if (variable !== undefined) backends.add(variable);
    const [first] = children(node, 'arguments');
    if (first) findings.problems.push(backendOptions(file.at(first)));
  });
  if (calls === 0) {
    const moved = findModuleReferences(file).find(({ specifier }) => specifier === BULKHEAD_DEFAULTS);
    findings.problems.push(moved ? isMoved(file.at(moved.node)) : makesNoBackend(file.at(file.program)));
  }
  return canAwait ? awaitStarts(file, backends) : [];
}

function awaitStarts({ program }: SourceFile, backends: ReadonlySet<string>): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  walk(program, (node) => {
    if (node.type === 'ExpressionStatement' && isStartOf(child(node, 'expression'), backends)) {
      edits.push({ start: node.start, end: node.start, text: 'await ' });
    }
    // A function that is not async cannot wait.
    return /Function|ClassMethod|ObjectMethod/.test(node.type) && node.async !== true ? false : undefined;
  });
  return edits;
}

function isCallOf(node: SyntaxNode, names: ReadonlySet<string>): boolean {
  return node.type === 'CallExpression' && names.has(nameOf(child(node, 'callee')) ?? '');
}

/** `backend.start()` */
function isStartOf(node: SyntaxNode | undefined, backends: ReadonlySet<string>): boolean {
  const callee = node?.type === 'CallExpression' ? child(node, 'callee') : undefined;
  if (callee?.type !== 'MemberExpression') return false;
  return backends.has(nameOf(child(callee, 'object')) ?? '') && nameOf(child(callee, 'property')) === 'start';
}
