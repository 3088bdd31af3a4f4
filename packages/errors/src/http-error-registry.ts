import { httpErrorClasses, INTERNAL_ERROR_CODE, type HttpErrorClass } from './http-error.ts';

/** A class of HTTP errors and what its instances have in common. */
export interface HttpErrorEntry {
  readonly name: string;
  readonly statusCode: number;
  readonly code: string;
  readonly errorClass: HttpErrorClass;
}

const ENTRIES: readonly HttpErrorEntry[] = Object.entries(httpErrorClasses).map(([name, errorClass]) => {
  const { statusCode, code } = new errorClass('');
  return { name, statusCode, code, errorClass };
});

const BY_NAME: ReadonlyMap<string, HttpErrorEntry> = new Map(ENTRIES.map((entry) => [entry.name, entry]));
const BY_STATUS: ReadonlyMap<number, HttpErrorEntry> = new Map(ENTRIES.map((entry) => [entry.statusCode, entry]));

/** The class of a name: errors of foreign packages (several copies, other projects) find theirs by it. */
export function httpErrorByName(name: string): HttpErrorEntry | undefined {
  return BY_NAME.get(name);
}

/** The class for a status. */
export function httpErrorByStatus(statusCode: number): HttpErrorEntry | undefined {
  return BY_STATUS.get(statusCode);
}

/** The code of an error that has none of its own. */
export function codeForStatus(statusCode: number): string {
  return statusCode === 500 ? INTERNAL_ERROR_CODE : (BY_STATUS.get(statusCode)?.code ?? 'ERR_HTTP_STATUS');
}
