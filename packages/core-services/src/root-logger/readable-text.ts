import { formatProblem, type Problem } from '@bulkhead/errors';
import type { LogRecord } from './log-record.ts';
import { isLoggedError, type LogObject, type LogValue } from './log-value.ts';
import { showInvisible } from './visible-text.ts';

/** How readable text looks. */
export interface ReadableTextOptions {
  /** Colours, and the time of day instead of the full time: for people at a terminal. */
  readonly colours: boolean;
}

const RESET = '\u001b[0m';
const DIM = '\u001b[2m';
const BOLD = '\u001b[1m';
const CYAN = '\u001b[36m';
const LEVEL_COLOURS: Readonly<Record<string, string>> = {
  error: '\u001b[31m',
  warn: '\u001b[33m',
  info: '\u001b[32m',
  debug: '\u001b[34m',
};

/** Stands before every further line of a record, so that nothing that is logged can look like a record of its own. */
const GUTTER = '    | ';

/** Needs no quotes around it. */
const PLAIN = /^[^\s"'=\\{}[\]]+$/;

/**
 * A record as text for people: `time level [plugin] message key=value`, errors below it. Values that the message has
 * among its words are not repeated.
 */
export function formatReadableText(record: LogRecord, { colours }: ReadableTextOptions): string {
  const paint = (colour: string, text: string): string => (colours ? `${colour}${text}${RESET}` : text);
  const { timestamp, level, message, plugin, ...fields } = record;
  const [firstLine = '', ...furtherLines] = message.split(/\r?\n/);
  const parts = [
    paint(DIM, colours ? timeOfDay(timestamp) : timestamp),
    paint(LEVEL_COLOURS[level] ?? '', level.padEnd(5)),
    ...(plugin === undefined ? [] : [paint(CYAN, `[${inline(plugin)}]`)]),
    level === 'error' ? paint(BOLD, showInvisible(firstLine)) : showInvisible(firstLine),
    ...Object.entries(fields)
      .filter(([, value]) => !isLoggedError(value) && !isSaidBy(firstLine, value))
      .map(([name, value]) => paint(DIM, `${showInvisible(name)}=${inline(value)}`)),
  ];
  const errors = Object.values(fields)
    .filter(isLoggedError)
    .flatMap((error) => describeError(error));
  const below = [...furtherLines, ...errors].map((line) => GUTTER + showInvisible(line));
  return [parts.join(' '), ...below].join('\n');
}

/** Whether a message has a value among its words, so that a person need not read it twice. */
function isSaidBy(message: string, value: LogValue): boolean {
  return (typeof value === 'string' || typeof value === 'number') && message.split(/[\s,;]+/).includes(String(value));
}

function timeOfDay(timestamp: string): string {
  const date = new Date(timestamp);
  const [hours, minutes, seconds] = [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits);
  return `${hours}:${minutes}:${seconds}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

function inline(value: LogValue): string {
  if (typeof value === 'string' && PLAIN.test(value)) return showInvisible(value);
  return showInvisible(JSON.stringify(value));
}

/** Without quotes, with its line breaks. */
function textOf(value: LogValue | undefined): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

/**
 * Code and message, hint, problems and causes. The stack only of an error that nothing explains: no hint, neither its
 * own nor that of an error which it caused, and no cause.
 */
function describeError(error: LogObject, explained = false): string[] {
  const { name, message, code, hint, stack, cause, errors, problems } = error;
  const isExplained = explained || typeof hint === 'string';
  const label = typeof code === 'string' && code !== '' ? code : textOf(name);
  return [
    ...`${label}: ${textOf(message)}`.split('\n'),
    ...listOf(problems).flatMap((problem) => indent(describeProblem(problem), '- ')),
    ...(typeof hint === 'string' ? indent([`hint: ${hint}`]) : []),
    ...(isExplained || cause !== undefined ? [] : indent(framesOf(stack))),
    ...listOf(errors).flatMap((inner) => indent(describeInner(inner, isExplained), '- ')),
    ...(cause === undefined ? [] : indent(describeInner(cause, isExplained), 'cause: ')),
  ];
}

function describeInner(inner: LogValue, explained: boolean): string[] {
  return isLoggedError(inner) ? describeError(inner, explained) : [inline(inner)];
}

function describeProblem(problem: LogValue): string[] {
  const isProblem = typeof problem === 'object' && problem !== null && 'message' in problem && 'code' in problem;
  return isProblem ? formatProblem(problem as unknown as Problem).split('\n') : [inline(problem)];
}

function framesOf(stack: LogValue | undefined): string[] {
  return typeof stack === 'string'
    ? stack
        .split('\n')
        .filter((line) => /^\s+at /.test(line))
        .map((line) => line.trim())
    : [];
}

function listOf(value: LogValue | undefined): LogValue[] {
  return Array.isArray(value) ? value : [];
}

function indent(lines: readonly string[], bullet = ''): string[] {
  return lines.map((line, index) => `  ${index === 0 ? bullet : ''}${line}`);
}
