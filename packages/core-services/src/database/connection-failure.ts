import {
  authenticationFailed,
  databaseDiskFull,
  databaseNotFound,
  databaseUnavailable,
  NO_ANSWER,
  encryptionRefused,
} from './errors.ts';

/** What an error of the driver means for the connection that it came from. */
export type FailureKind =
  /** The connection is gone, or could not be made; another attempt may succeed. */
  | 'connection'
  /** The server refuses the user or the password. */
  | 'authentication'
  | 'unknown-database'
  | 'encryption'
  | 'disk-full'
  /** The statement was at fault, the connection is fine. */
  | 'statement';

/** By SQLSTATE (https://www.postgresql.org/docs/current/errcodes-appendix.html) or the code of the system call. */
const KINDS: Readonly<Record<string, FailureKind>> = {
  '28000': 'authentication',
  '28P01': 'authentication',
  '3D000': 'unknown-database',
  '53100': 'disk-full',
  // Too many connections; shut down by the administrator; crashed; starting or recovering.
  '53300': 'connection',
  '57P01': 'connection',
  '57P02': 'connection',
  '57P03': 'connection',
  // The database was dropped under us.
  '57P04': 'connection',
  ECONNREFUSED: 'connection',
  ECONNRESET: 'connection',
  ECONNABORTED: 'connection',
  EPIPE: 'connection',
  ETIMEDOUT: 'connection',
  EHOSTUNREACH: 'connection',
  EHOSTDOWN: 'connection',
  ENETUNREACH: 'connection',
  ENETDOWN: 'connection',
  ENOTFOUND: 'connection',
  EAI_AGAIN: 'connection',
  ENOENT: 'connection',
  ERR_DATABASE_NO_ANSWER: 'connection',
};

/** The driver throws plain errors for these. */
const MESSAGES: readonly (readonly [RegExp, FailureKind])[] = [
  [/does not support SSL|certificate|self-signed|SSL connection|TLS/i, 'encryption'],
  [/no password supplied|password must be a string|SASL|SCRAM/i, 'authentication'],
  [/terminated|timeout expired|not queryable|Client was closed|Connection ended/i, 'connection'],
];

/** Sorts an error that came from the driver. */
export function failureKind(error: unknown): FailureKind {
  const { code, message, errors } = (error ?? {}) as { code?: unknown; message?: unknown; errors?: unknown };
  if (typeof code === 'string') {
    const known = KINDS[code];
    if (known !== undefined) {
      return known;
    }
    if (/^08/.test(code)) {
      return 'connection';
    }
    if (/CERT|SIGNED|SIGNATURE|TLS|SSL/.test(code)) {
      return 'encryption';
    }
    // Any other SQLSTATE is an answer of a server that is well.
    if (/^[0-9A-Z]{5}$/.test(code)) {
      return 'statement';
    }
  }
  // One host name, several addresses, all of them tried.
  if (Array.isArray(errors) && errors.length > 0) {
    return failureKind(errors[0]);
  }
  const text = typeof message === 'string' ? message : '';
  return MESSAGES.find(([pattern]) => pattern.test(text))?.[1] ?? 'statement';
}

/** One line on why a connection failed, for logs and health; without the address, which the reader knows. */
export function failureReason(error: unknown): string {
  const { code, message, errors } = (error ?? {}) as { code?: unknown; message?: unknown; errors?: unknown };
  if (Array.isArray(errors) && errors.length > 0) {
    return failureReason(errors[0]);
  }
  const text = typeof message === 'string' && message !== '' ? message : String(code ?? error);
  return text === 'timeout expired' ? NO_ANSWER : text;
}

/** Whom a connection was for. */
export interface ConnectionPurpose {
  readonly user: string;
  readonly database: string;
  /** `host:port`. */
  readonly address: string;
}

/** The error to throw when a connection could not be made. */
export function toConnectError(error: unknown, purpose: ConnectionPurpose): Error {
  switch (failureKind(error)) {
    case 'authentication':
      return authenticationFailed(purpose.user, purpose.address, error);
    case 'unknown-database':
      return databaseNotFound(purpose.database, purpose.address, error);
    case 'encryption':
      return encryptionRefused(purpose.address, error);
    default:
      return databaseUnavailable(failureReason(error), error);
  }
}

/** The error to throw when a query failed: the driver's own, unless that says something about the server. */
export function toQueryError(error: unknown): unknown {
  switch (failureKind(error)) {
    case 'connection':
      return databaseUnavailable('the connection was lost', error);
    case 'disk-full':
      return databaseDiskFull(error);
    default:
      return error;
  }
}
