import { isLoggedError, type LogObject, type LogValue } from './log-value.ts';

/** A line before it is written: plain JSON, free of secrets, with these fields first. */
export interface LogRecord extends LogObject {
  /** ISO 8601, UTC. */
  timestamp: string;
  level: string;
  message: string;
}

/**
 * Names that fields cannot have: those that say what a line is, `__proto__`, and `exception`, since winston drops lines
 * in which it is true.
 */
const RESERVED = new Set(['timestamp', 'level', 'message', 'exception', '__proto__']);

/** What {@link createRecord} puts together. */
export interface RecordParts {
  readonly level: string;
  readonly message: string;
  /** On whose behalf the code runs. */
  readonly context: LogObject;
  /** What is bound to the logger. A `plugin` among it is final. */
  readonly bindings: LogObject;
  /** What was logged beside the message. */
  readonly meta: LogObject;
}

/** Puts a record together. A field whose name is taken gets a `_` behind it. */
export function createRecord({ level, message, context, bindings, meta }: RecordParts): LogRecord {
  const record: LogRecord = { timestamp: new Date().toISOString(), level, message, ...context };
  for (const [name, value] of Object.entries(bindings)) {
    record[RESERVED.has(name) ? `${name}_` : name] = value;
  }
  for (const [name, value] of Object.entries(meta)) {
    const isTaken = RESERVED.has(name) || (name === 'plugin' && bindings.plugin !== undefined);
    record[isTaken ? `${name}_` : name] = value;
  }
  return record;
}

/** What was logged beside the message: an error goes under `error`, anything that is no object under `meta`. */
export function toMetaFields(meta: LogValue | undefined): LogObject {
  if (meta === undefined || meta === null) return {};
  if (isLoggedError(meta)) return { error: meta };
  return typeof meta === 'object' && !Array.isArray(meta) ? meta : { meta };
}
