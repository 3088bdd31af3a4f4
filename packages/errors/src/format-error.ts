import { describeThrown } from './describe-thrown.ts';
import { isErrorLike, type ErrorLike } from './is-error-like.ts';
import { formatSource, type Problem } from './problem.ts';

const INDENT = '  ';

/** What wraps the error before it again and again says nothing new, and would exhaust the stack of calls. */
const MOST_ERRORS = 100;

/**
 * An error as text for a terminal: code, message, problems, hint, causes. Never a stack.
 *
 * Takes anything that can be thrown.
 */
export function formatError(error: unknown): string {
  return formatLines(error, new Set()).join('\n');
}

/** An error as text without its details: code, message, a line for each error that it gathers, hint. */
export function formatHeadline(error: unknown): string {
  if (!isErrorLike(error)) return formatError(error);
  return [headline(error), ...gathered(error).flatMap((inner) => bullet([oneLine(inner)])), ...hintLines(error)].join(
    '\n',
  );
}

/** A problem as text: place, path, message, code, and the hint on a line of its own. */
export function formatProblem(problem: Problem): string {
  const place = problem.source ? `${formatSource(problem.source)}: ` : '';
  const first = `${place}${problem.message} [${problem.code}]`;
  return problem.hint ? `${first}\n${INDENT}hint: ${problem.hint}` : first;
}

function formatLines(error: unknown, seen: Set<unknown>): string[] {
  if (!isErrorLike(error)) {
    return [describeThrown(error)];
  }
  seen.add(error);
  const lines = headline(error).split('\n');
  for (const problem of problemsOf(error)) {
    lines.push(...bullet(formatProblem(problem).split('\n')));
  }
  lines.push(...hintLines(error));
  for (const inner of gathered(error)) {
    if (!seen.has(inner)) {
      lines.push(...bullet(formatLines(inner, seen)));
    }
  }
  if (error.cause !== undefined && !seen.has(error.cause) && seen.size < MOST_ERRORS) {
    const [first = '', ...rest] = formatLines(error.cause, seen);
    lines.push(...indent([`cause: ${first}`, ...rest]));
  }
  return lines;
}

function gathered(error: ErrorLike): readonly unknown[] {
  const { errors } = error as { errors?: unknown };
  return Array.isArray(errors) ? errors : [];
}

/** What happened, and the nearest reason for it. */
function oneLine(error: unknown): string {
  if (!isErrorLike(error)) return describeThrown(error);
  const reason = isErrorLike(error.cause) ? error.cause.message.split('\n', 1)[0]! : '';
  return reason === '' ? error.message : `${error.message}: ${reason}`;
}

function headline(error: ErrorLike): string {
  const label = typeof error.code === 'string' && error.code !== '' ? error.code : error.name;
  return error.message === '' ? label : `${label}: ${error.message}`;
}

function hintLines(error: ErrorLike): string[] {
  const { hint } = error as { hint?: unknown };
  return typeof hint === 'string' ? indent(`hint: ${hint}`.split('\n')) : [];
}

function problemsOf(error: ErrorLike): readonly Problem[] {
  const { problems } = error as { problems?: unknown };
  return Array.isArray(problems) ? (problems as readonly Problem[]) : [];
}

function bullet(lines: readonly string[]): string[] {
  return lines.map((line, index) => `${index === 0 ? '- ' : '  '}${line}`).map((line) => INDENT + line);
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => INDENT + line);
}
