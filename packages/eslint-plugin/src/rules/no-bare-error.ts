import type { Rule } from 'eslint';
import type { CallExpression, Node } from 'estree';
import { owningPackage } from '../manifest.ts';
import { isTestFile } from '../test-file.ts';

const bare = new Set([
  'Error',
  'TypeError',
  'RangeError',
  'SyntaxError',
  'ReferenceError',
  'EvalError',
  'URIError',
  'AggregateError',
]);

/**
 * Nothing is thrown, and no promise rejected, with an error that has no code.
 *
 * Test files may: there an error is material. Errors that are only made, say for their stack, are none of its business.
 */
export const noBareError: Rule.RuleModule = {
  meta: {
    type: 'problem',
    docs: { description: 'Require errors that have a code' },
    messages: {
      bare: "{{name}} has neither code nor hint. Build the error with a function in the package's src/errors.ts that returns a BulkheadError.",
    },
    schema: [],
  },
  create(context) {
    const owner = owningPackage(context.filename);
    if (owner && isTestFile(context.filename, owner)) return {};
    const check = (thrown: Node | undefined): void => {
      for (const node of alternatives(thrown)) {
        const name = bareErrorName(node);
        if (name) context.report({ node, messageId: 'bare', data: { name } });
      }
    };
    return {
      ThrowStatement: (node) => check(node.argument),
      CallExpression: (node) => {
        if (isRejection(node)) check(node.arguments[0]);
      },
    };
  },
};

function bareErrorName(node: Node): string | undefined {
  if (node.type !== 'NewExpression' && node.type !== 'CallExpression') return undefined;
  return node.callee.type === 'Identifier' && bare.has(node.callee.name) ? node.callee.name : undefined;
}

function isRejection({ callee }: CallExpression): boolean {
  if (callee.type === 'Identifier') return callee.name === 'reject';
  return (
    callee.type === 'MemberExpression' && callee.property.type === 'Identifier' && callee.property.name === 'reject'
  );
}

/** `a ? b : c` throws b or c, `a ?? b` throws a or b. */
function alternatives(node: Node | undefined): Node[] {
  if (node?.type === 'ConditionalExpression')
    return [...alternatives(node.consequent), ...alternatives(node.alternate)];
  if (node?.type === 'LogicalExpression') return [...alternatives(node.left), ...alternatives(node.right)];
  return node ? [node] : [];
}
