import type { LogRecord } from './log-record.ts';
import { escapeInJson } from './visible-text.ts';

/** A record as one line of JSON. */
export function formatJsonLine(record: LogRecord): string {
  return escapeInJson(JSON.stringify(record));
}
