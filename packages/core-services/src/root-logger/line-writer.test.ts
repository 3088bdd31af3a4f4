import { Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { LineWriter } from './line-writer.ts';

/** Takes one chunk at a time, and only when it is told to. */
class SlowStream extends Writable {
  readonly chunks: string[] = [];
  #taken: ((error?: Error) => void)[] = [];

  override _write(chunk: Buffer, _encoding: string, taken: (error?: Error) => void): void {
    this.chunks.push(String(chunk));
    this.#taken.push(taken);
  }

  take(error?: Error): void {
    this.#taken.shift()?.(error);
  }
}

const nextTurn = (): Promise<void> => new Promise(setImmediate);

describe('LineWriter', () => {
  it('keeps lines for a slow reader, in order, and flushes when all have been taken', async () => {
    const stream = new SlowStream();
    const writer = new LineWriter(stream);
    await writer.flush();
    ['a', 'b', 'c'].forEach((line) => writer.write(line));
    let isFlushed = false;
    const flushed = writer.flush().then(() => (isFlushed = true));
    expect(stream.chunks).toEqual(['a\n']);
    stream.take();
    await nextTurn();
    expect([stream.chunks, isFlushed]).toEqual([['a\n', 'b\nc\n'], false]);
    stream.take();
    await flushed;
    writer.write('d');
    expect(stream.chunks).toEqual(['a\n', 'b\nc\n', 'd\n']);
  });

  it('stops when the reader has gone away', async () => {
    const stream = new SlowStream();
    const writer = new LineWriter(stream);
    writer.write('a');
    writer.write('b');
    const flushed = writer.flush();
    stream.take(Object.assign(new TypeError('gone'), { code: 'EPIPE' }));
    await flushed;
    writer.write('c');
    expect(stream.chunks).toEqual(['a\n']);
  });
});
