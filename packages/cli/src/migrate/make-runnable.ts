import { existsSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { lookAt } from './errors.ts';
import type { Findings } from './migration-plan.ts';
import { findModuleReferences, type ModuleReference } from './module-references.ts';
import { nameOf, walk, type SourceFile, type SyntaxNode } from './source-file.ts';
import type { TextEdit } from './text-edits.ts';
import { markTypeOnlyNames } from './type-only-names.ts';

const EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs', '.json'];
/** What Node.js cannot strip, and what to write instead. */
const NOT_ERASABLE: Readonly<Record<string, string>> = {
  TSEnumDeclaration: 'An enum',
  TSParameterProperty: 'A parameter property',
  TSExportAssignment: '`export =`',
  TSImportEqualsDeclaration: '`import … = require(…)`',
  Decorator: 'A decorator',
};
/** What stands for these names in an ES module. */
const MODULE_PATHS: Readonly<Record<string, string>> = {
  __dirname: 'import.meta.dirname',
  __filename: 'import.meta.filename',
};

/** The file of the host that a relative specifier leads to; `undefined` if there is none. */
export function resolveLocal(from: string, specifier: string): string | undefined {
  const target = resolve(dirname(from), specifier);
  const written = target.replace(/\.([cm]?)js(x?)$/, '.$1ts$2');
  const candidates = [
    ...[target, written],
    ...EXTENSIONS.map((extension) => target + extension),
    ...EXTENSIONS.map((extension) => join(target, `index${extension}`)),
  ];
  return candidates.find((file) => existsSync(file) && statSync(file).isFile());
}

/** The relative specifiers of a file. */
export function findLocalReferences(file: SourceFile): readonly ModuleReference[] {
  return findModuleReferences(file).filter(({ specifier }) => /^\.\.?(?:\/|$)/.test(specifier));
}

/** Whether a file is written as CommonJS. */
export function isCommonJs({ program }: SourceFile): boolean {
  let found = false;
  let hasModuleSyntax = false;
  walk(program, (node) => {
    if (/^(?:Import|Export)\w*Declaration$/.test(node.type)) hasModuleSyntax = true;
    found ||= isRequire(node) || isModuleExports(node);
  });
  return found && !hasModuleSyntax;
}

/** What a file needs so that Node.js runs it as an ES module, types and all. */
export function makeRunnable(file: SourceFile, findings: Findings): readonly TextEdit[] {
  const isTypeScript = /\.[cm]?tsx?$/.test(file.path);
  if (isTypeScript) findNotErasable(file, findings);
  return [
    ...findLocalReferences(file).flatMap((reference) => nameFile(file, reference, findings)),
    ...replaceModulePaths(file, findings),
    ...(isTypeScript ? markTypeOnlyNames(file) : []),
  ];
}

/** Node.js wants the whole name of a file. */
function nameFile(file: SourceFile, reference: ModuleReference, findings: Findings): readonly TextEdit[] {
  const { literal, specifier, isType, kind } = reference;
  const target = resolveLocal(file.path, specifier);
  if (target === undefined) {
    findings.remarks.push(lookAt(`There is no file for '${specifier}'`, { source: file.at(literal) }));
    return [];
  }
  const path = relative(dirname(file.path), target).split(sep).join('/');
  const complete = path.startsWith('.') ? path : `./${path}`;
  const quote = file.text[literal.start]!;
  const edits =
    complete === specifier ? [] : [{ start: literal.start, end: literal.end, text: quote + complete + quote }];
  if (!target.endsWith('.json') || kind !== 'import' || isType || hasAttributes(reference)) return edits;
  return [...edits, { start: literal.end, end: literal.end, text: " with { type: 'json' }" }];
}

function hasAttributes({ node }: ModuleReference): boolean {
  const { attributes } = node;
  return Array.isArray(attributes) && attributes.length > 0;
}

/** `__dirname` and `__filename`, and what has no such counterpart. */
function replaceModulePaths(file: SourceFile, findings: Findings): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  walk(file.program, (node) => {
    const name = node.type === 'Identifier' ? nameOf(node) : undefined;
    const text = name !== undefined && Object.hasOwn(MODULE_PATHS, name) ? MODULE_PATHS[name] : undefined;
    if (text !== undefined) edits.push({ start: node.start, end: node.end, text });
    if (isRequire(node) || isModuleExports(node)) {
      findings.remarks.push(
        lookAt('The host is an ES module, which has neither `require` nor `module`', {
          hint: "Write `import`, `export`, or createRequire(import.meta.url) of 'node:module'.",
          source: file.at(node),
        }),
      );
    }
  });
  return edits;
}

function findNotErasable(file: SourceFile, { remarks }: Findings): void {
  walk(file.program, (node) => {
    const isNamespace = node.type === 'TSModuleDeclaration' && node.declare !== true;
    const what = isNamespace ? 'A namespace' : NOT_ERASABLE[node.type];
    if (what === undefined || node.declare === true || node.importKind === 'type') return;
    remarks.push(
      lookAt(`${what} is more than a type, so Node.js does not run it as it stands`, {
        hint: 'Write it in JavaScript, or start with NODE_OPTIONS=--experimental-transform-types.',
        source: file.at(node),
      }),
    );
  });
}

function isRequire(node: SyntaxNode): boolean {
  return node.type === 'CallExpression' && nameOf(node.callee as SyntaxNode) === 'require';
}

function isModuleExports(node: SyntaxNode): boolean {
  if (node.type !== 'MemberExpression') return false;
  const object = nameOf(node.object as SyntaxNode);
  return object === 'exports' || (object === 'module' && nameOf(node.property as SyntaxNode) === 'exports');
}
