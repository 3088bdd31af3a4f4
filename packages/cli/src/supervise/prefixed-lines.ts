import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';

/** Characters of a line without an end that are kept; then it is written as far as it goes. */
const LONGEST_LINE = 1024 * 1024;

/** Writes lines of several processes to one stream, each as a whole. */
export class PrefixedLines {
  readonly #output: Writable;
  #drained: Promise<unknown> | undefined;

  constructor(output: Writable) {
    this.#output = output;
  }

  /** Writes whole lines, each behind a prefix. Resolves once the stream takes more. */
  async write(prefix: string, lines: readonly string[]): Promise<void> {
    if (lines.length === 0) return;
    const text = lines.map((line) => (isRecord(line) ? `${line}\n` : `${prefix}${line}\n`)).join('');
    if (this.#output.write(text)) return;
    this.#drained ??= once(this.#output, 'drain').finally(() => (this.#drained = undefined));
    await this.#drained;
  }

  /** Copies a stream line by line until it ends, and no faster than the output takes it. */
  async copy(prefix: string, input: Readable): Promise<void> {
    let rest = '';
    for await (const chunk of input.setEncoding('utf8') as AsyncIterable<string>) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      if (rest.length > LONGEST_LINE) {
        lines.push(rest);
        rest = '';
      }
      await this.write(prefix, lines);
    }
    if (rest !== '') await this.write(prefix, [rest]);
  }
}

/** A JSON object names its process itself, and those who read it want nothing in front of it. */
function isRecord(line: string): boolean {
  return line.startsWith('{"');
}
