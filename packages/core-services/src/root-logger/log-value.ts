import { EventEmitter } from 'node:events';
import { types } from 'node:util';
import type { Redactor } from './redactor.ts';

/** What can stand in a line: JSON. */
export type LogValue = string | number | boolean | null | LogValue[] | LogObject;

/** An object in a line. */
export interface LogObject {
  [key: string]: LogValue;
}

/** Marks what was an error; invisible in JSON. */
const FROM_ERROR = Symbol('bulkhead.log.error');

const MAX_DEPTH = 8;
const MAX_ENTRIES = 200;
const MAX_TEXT = 32 * 1024;

/** Own fields of errors that say nothing new or are shown under another name. */
const SHOWN_OF_ERRORS = new Set(['name', 'message', 'code', 'hint', 'stack', 'cause', 'errors']);

/**
 * Fields that hold credentials which are no secrets of the configuration: the errors of HTTP clients have the headers of
 * what was sent, with the token of a user or of a plugin among them.
 */
const CREDENTIALS =
  /^(?:(?:proxy-)?authorization|(?:set-)?cookie|(?:x-)?api[-_]?key|(?:[a-z]+[-_])*token|password|client[-_]?secret)$/i;

/** Whether a value was made from an error. */
export function isLoggedError(value: LogValue | undefined): value is LogObject {
  return typeof value === 'object' && value !== null && FROM_ERROR in value;
}

/**
 * Turns whatever was logged into JSON without secrets. Never throws: circles, getters that throw, values that JSON does
 * not know and endless structures all come out as something short.
 */
export class LogValueReader {
  readonly #redact: Redactor;
  readonly #path = new Set<object>();

  constructor(redact: Redactor) {
    this.#redact = redact;
  }

  /** A text without secrets, cut if it is very long. */
  text(value: string): string {
    const redacted = this.#redact(value);
    if (redacted.length <= MAX_TEXT) return redacted;
    return `${redacted.slice(0, MAX_TEXT)}… (${redacted.length - MAX_TEXT} more characters)`;
  }

  /** Any value; `undefined` for one that JSON leaves out. */
  value(value: unknown): LogValue | undefined {
    switch (typeof value) {
      case 'string':
        return this.text(value);
      case 'number':
      case 'bigint':
        return this.#number(value);
      case 'boolean':
        return value;
      case 'undefined':
        return undefined;
      case 'object':
        return value === null ? null : this.#guarded(value);
      default:
        return this.text(typeof value === 'symbol' ? String(value) : '[function]');
    }
  }

  #number(value: number | bigint): LogValue {
    const text = String(value);
    const redacted = this.#redact(text);
    // JSON has neither big integers nor Infinity.
    return redacted === text && typeof value === 'number' && Number.isFinite(value) ? value : redacted;
  }

  #guarded(value: object): LogValue {
    if (this.#path.has(value)) return '[circular]';
    if (this.#path.size >= MAX_DEPTH) return Array.isArray(value) ? '[array]' : '[object]';
    this.#path.add(value);
    try {
      return this.#object(value);
    } catch {
      return '[unreadable]';
    } finally {
      this.#path.delete(value);
    }
  }

  #object(value: object): LogValue {
    // The second test knows errors of other realms.
    if (value instanceof Error || types.isNativeError(value)) return this.#error(value);
    if (Array.isArray(value)) return this.#array(value);
    if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
    if (value instanceof Map) return this.#entries([...value].map(([key, inner]) => [String(key), inner]));
    if (value instanceof Set) return this.#array([...value]);
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
    if (value instanceof RegExp) return this.text(String(value));
    if (value instanceof Promise) return '[promise]';
    const { toJSON } = value as { toJSON?: unknown };
    if (typeof toJSON === 'function') return this.value(toJSON.call(value)) ?? null;
    // Requests, sockets and streams: all of their inner life, and what was sent.
    if (value instanceof EventEmitter) return `[${value.constructor.name}]`;
    return this.#entries(readEntries(value));
  }

  #array(values: readonly unknown[]): LogValue[] {
    const shown = values.slice(0, MAX_ENTRIES).map((inner) => this.value(inner) ?? null);
    return values.length > MAX_ENTRIES ? [...shown, `… (${values.length - MAX_ENTRIES} more)`] : shown;
  }

  #entries(entries: readonly (readonly [string, unknown])[]): LogObject {
    const result: LogObject = {};
    for (const [key, inner] of entries.slice(0, MAX_ENTRIES)) {
      // Not for what somebody logs as a field of a line, and means it.
      const isHidden = this.#path.size > 1 && inner !== undefined && CREDENTIALS.test(key);
      const shown = isHidden ? '***' : this.value(inner);
      if (shown !== undefined) define(result, this.text(key), shown);
    }
    if (entries.length > MAX_ENTRIES) result['…'] = `${entries.length - MAX_ENTRIES} more`;
    return result;
  }

  #error(error: Error): LogObject {
    const { code, hint, cause, errors } = error as Error & { code?: unknown; hint?: unknown; errors?: unknown };
    const result = this.#entries([
      ['name', error.name],
      ['message', error.message],
      ['code', code],
      ['hint', hint],
      ...readEntries(error).filter(([key]) => !SHOWN_OF_ERRORS.has(key)),
      ['stack', error.stack],
      ['cause', cause],
      ['errors', errors],
    ]);
    Object.defineProperty(result, FROM_ERROR, { value: true });
    return result;
  }
}

/** The enumerable own fields, each one read on its own: one that throws does not hide the others. */
function readEntries(value: object): [string, unknown][] {
  return Object.keys(value).map((key) => {
    try {
      return [key, (value as Record<string, unknown>)[key]];
    } catch {
      return [key, '[unreadable]'];
    }
  });
}

/** Sets a field of its own even if it is called `__proto__`. */
function define(target: LogObject, key: string, value: LogValue): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    // Much faster, and nearly all fields come here.
    target[key] = value;
  }
}
