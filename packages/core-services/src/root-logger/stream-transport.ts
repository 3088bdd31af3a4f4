import Transport from 'winston-transport';
import type { LineWriter } from './line-writer.ts';

/** Where winston leaves the line that a format has made. */
export const MESSAGE: unique symbol = Symbol.for('message') as never;

/** What a transport is handed. */
export interface FormattedInfo {
  readonly [MESSAGE]?: string;
}

/** Lets winston write lines to a {@link LineWriter}. */
export class StreamTransport extends Transport {
  readonly #writer: LineWriter;

  constructor(writer: LineWriter) {
    super();
    this.#writer = writer;
  }

  /** Called by winston for each line. */
  override log(info: FormattedInfo, next: () => void): void {
    this.#writer.write(info[MESSAGE] ?? '');
    next();
  }
}
