import type { SourceFile } from './source-files.ts';

/** A place in a source where a code stands as a literal. */
export interface CodeSite {
  readonly code: string;
  readonly file: string;
  readonly section: string;
  /** Whether this is where the package's `errors.ts` gives the code to an error. */
  readonly definition: boolean;
  /** Whether a mock has the code, after the real thing. */
  readonly standIn: boolean;
}

/** Codes that others throw and the sources switch on; they need no heading here. */
export const foreignCodes: ReadonlySet<string> = new Set([
  'ERR_MODULE_NOT_FOUND',
  'ERR_PACKAGE_PATH_NOT_EXPORTED',
  'ERR_INVALID_PACKAGE_CONFIG',
  'ERR_UNSUPPORTED_DIR_IMPORT',
  'ERR_SERVER_NOT_RUNNING',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_PREMATURE_CLOSE',
  'ERR_HTTP_HEADERS_SENT',
  'ERR_INVALID_URL',
  'ERR_USE_AFTER_CLOSE',
]);

const quotedCode = /(['"`])(ERR_[A-Z0-9_]+)\1/g;

/**
 * Every place in the sources where a code of Bulkhead's own stands in quotes. Comments do not count.
 *
 * Codes are given out in `errors.ts`, in `problems.ts`, or in the file of the error class itself (`*-error.ts`);
 * elsewhere a literal only compares.
 */
export function findCodes(files: readonly SourceFile[]): CodeSite[] {
  return files
    .filter(({ test }) => !test)
    .flatMap(({ file, section, standIn, text }) => {
      const definition = /[/-](errors?|problems)\.ts$/.test(file);
      return codesIn(text).map((code) => ({ code, file, section, definition, standIn }));
    });
}

/** The codes that some test names literally. */
export function findAssertedCodes(files: readonly SourceFile[]): Set<string> {
  return new Set(files.filter(({ test }) => test).flatMap(({ text }) => codesIn(text)));
}

function codesIn(text: string): string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  return [...code.matchAll(quotedCode)].map(([, , name = '']) => name).filter((name) => !foreignCodes.has(name));
}
