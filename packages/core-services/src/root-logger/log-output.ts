import type { Logform } from 'winston';
import type { LineWriter } from './line-writer.ts';
import type { LogRecord } from './log-record.ts';

/** Where formats leave the line that they have made. */
export const MESSAGE: unique symbol = Symbol.for('message') as never;

/** Where formats look for the level. */
export const LEVEL: unique symbol = Symbol.for('level') as never;

/** Makes a line of a record. Formats of winston do, and `false` means no line. */
export type LineFormat = Pick<Logform.Format, 'transform' | 'options'>;

/** The end of a record's way. */
export interface LogOutput {
  /** Must not throw. */
  write(record: LogRecord): void;
  /** Resolves once everything that was written so far has left the process. */
  flush(): Promise<void>;
}

/** Writes lines to a stream. */
export class StreamOutput implements LogOutput {
  readonly #writer: LineWriter;
  readonly #format: LineFormat;

  constructor(writer: LineWriter, format: LineFormat) {
    this.#writer = writer;
    this.#format = format;
  }

  write(record: LogRecord): void {
    try {
      const { transform, options } = this.#format;
      const info = transform({ ...record, [LEVEL]: record.level }, options);
      const line = info && (info as { readonly [MESSAGE]?: unknown })[MESSAGE];
      if (typeof line === 'string') this.#writer.write(line);
    } catch (error) {
      reportLostLine(error);
    }
  }

  async flush(): Promise<void> {
    await this.#writer.flush();
  }
}

/** Something that fails on the way must not take the process with it. */
export function reportLostLine(error: unknown): void {
  process.stderr.write(`A line could not be logged: ${(error as Error).message}\n`, () => {});
}
