import type { Problem, ProblemSource } from '@bulkhead/errors';
import { parse, type ParserPlugin } from '@babel/parser';
import { badSyntax } from './errors.ts';
import { placeAt } from './text-edits.ts';

/** A node of a syntax tree, as far as it is looked into. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

/** A file of TypeScript or JavaScript, parsed. */
export interface SourceFile {
  /** Absolute path. */
  readonly path: string;
  /** As messages name it. */
  readonly name: string;
  readonly text: string;
  readonly program: SyntaxNode;
  /** Where a node stands. */
  at(node: SyntaxNode): ProblemSource;
}

/** Parses a file; a problem if it cannot be. */
export function parseSource(path: string, name: string, text: string): SourceFile | Problem {
  const plugins: ParserPlugin[] = ['decorators'];
  if (/\.[cm]?tsx?$/.test(path)) plugins.push('typescript');
  if (/x$/.test(path)) plugins.push('jsx');
  try {
    const { program } = parse(text, {
      sourceType: 'unambiguous',
      allowReturnOutsideFunction: true,
      allowAwaitOutsideFunction: true,
      plugins,
    });
    return {
      path,
      name,
      text,
      program: program as unknown as SyntaxNode,
      at: ({ start }) => placeAt(name, text, start),
    };
  } catch (error) {
    const { message, pos = 0 } = error as Error & { readonly pos?: number };
    return badSyntax(message.replace(/ \(\d+:\d+\)$/, ''), placeAt(name, text, pos));
  }
}

/** Whether a parsed file is a problem instead. */
export function isProblem(value: object): value is Problem {
  return 'code' in value && 'message' in value;
}

/** The nodes right below a node. */
export function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (const [field, value] of Object.entries(node)) {
    if (/comments$/i.test(field) || field === 'tokens' || field === 'extra' || field === 'loc') continue;
    for (const each of Array.isArray(value) ? (value as unknown[]) : [value]) if (isNode(each)) children.push(each);
  }
  return children;
}

/** Calls `visit` for a node and all below it, in the order of the text; `false` keeps out of a node. */
export function walk(node: SyntaxNode, visit: (node: SyntaxNode, parent?: SyntaxNode) => void | false): void {
  const enter = (each: SyntaxNode, parent?: SyntaxNode): void => {
    if (visit(each, parent) === false) return;
    for (const child of childrenOf(each)) enter(child, each);
  };
  enter(node);
}

/** The child of a node under a name. */
export function child(node: SyntaxNode | undefined, field: string): SyntaxNode | undefined {
  const value = node?.[field];
  return isNode(value) ? value : undefined;
}

/** The children of a node under a name that has a list. */
export function children(node: SyntaxNode | undefined, field: string): readonly SyntaxNode[] {
  const value = node?.[field];
  return Array.isArray(value) ? (value as unknown[]).filter(isNode) : [];
}

/** The name of an identifier, or the text of a literal. */
export function nameOf(node: SyntaxNode | undefined): string | undefined {
  const value = node?.type === 'Identifier' ? node.name : node?.type === 'StringLiteral' ? node.value : undefined;
  return typeof value === 'string' ? value : undefined;
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}
