import { BulkheadError, isErrorLike, type ProblemSource } from '@bulkhead/errors';
import { fileURLToPath } from 'node:url';

/**
 * Where an author's code threw: the innermost frame, or the place of a syntax error. `undefined` if Node.js or the
 * runtime threw, since their messages name what they are about, and where Node.js does not tell.
 */
export function thrownAt(error: unknown): ProblemSource | undefined {
  if (!isErrorLike(error) || error instanceof BulkheadError || typeof error.stack !== 'string') return undefined;
  return placeOfSyntaxError(error.stack) ?? innermostFrame(error.stack);
}

/** Node.js puts the place of a syntax error in TypeScript before everything else. */
function placeOfSyntaxError(stack: string): ProblemSource | undefined {
  const [, file, line] = /^((?:file:\/\/|\/|[A-Za-z]:\\).*):(\d+)\n/.exec(stack) ?? [];
  return file === undefined ? undefined : { file: toPath(file), line: Number(line) };
}

function innermostFrame(stack: string): ProblemSource | undefined {
  const [frame = ''] = /^ +at .*$/m.exec(stack) ?? [];
  const [, file, line, column] = /[( ]((?:file:\/\/|\/|[A-Za-z]:\\)[^()]*):(\d+):(\d+)\)?$/.exec(frame) ?? [];
  return file === undefined ? undefined : { file: toPath(file), line: Number(line), column: Number(column) };
}

function toPath(file: string): string {
  return file.startsWith('file://') ? fileURLToPath(file) : file;
}
