import { once } from 'node:events';
import { PassThrough, Writable } from 'node:stream';
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

  it('writes lines that can wait together with those that come within a moment, in their order', async () => {
    const stream = new PassThrough();
    const text = (): string => String(stream.read() ?? '');
    const writer = new LineWriter(stream);
    writer.writeSoon('a');
    writer.writeSoon('b');
    expect(text()).toBe('');
    writer.write('c');
    expect(text()).toBe('a\nb\nc\n');
    writer.writeSoon('d');
    await writer.flush();
    expect(text()).toBe('d\n');
    writer.writeSoon('e');
    const [chunk] = (await once(stream, 'data')) as [Buffer];
    expect(String(chunk)).toBe('e\n');
  });

  it('gathers no more than a few pages', async () => {
    const chunks: number[] = [];
    const stream = new Writable({
      write(chunk: Buffer, _encoding, taken) {
        chunks.push(chunk.length);
        taken();
      },
    });
    const writer = new LineWriter(stream);
    for (let index = 0; index < 100; index++) writer.writeSoon('x'.repeat(999));
    expect(chunks).toEqual([33_000, 33_000, 33_000]);
    await writer.flush();
    expect(chunks).toEqual([33_000, 33_000, 33_000, 1_000]);
  });

  it('keeps the order of lines of any length and any characters', async () => {
    let written = '';
    const stream = new Writable({ write: (chunk, _encoding, taken) => ((written += String(chunk)), taken()) });
    const writer = new LineWriter(stream);
    const lines = ['a', '€'.repeat(30_000), '', '\u{1f40b} b', 'x'.repeat(70_000), 'c'];
    lines.forEach((line) => writer.writeSoon(line));
    await writer.flush();
    expect(written).toBe(lines.map((line) => `${line}\n`).join(''));
  });

  it('drops lines that a slow reader leaves no room for, counts them, and says so where they are missing', async () => {
    const stream = new SlowStream();
    const drops: unknown[] = [];
    const writer: LineWriter = new LineWriter(stream, {
      onDrop: () => drops.push('one'),
      onRecovery: (count) => writer.write(`${count} missing`),
    });
    const line = 'x'.repeat(1024 * 1024);
    for (let index = 0; index < 36; index++) writer.write(line);
    // One is in the hands of the stream.
    const kept = 1 + 32;
    expect(drops).toHaveLength(36 - kept);
    stream.take();
    await nextTurn();
    writer.write('after');
    stream.take();
    await nextTurn();
    expect(stream.chunks.map((chunk) => chunk.length)).toEqual([line.length + 1, 32 * (line.length + 1), 16]);
    expect(stream.chunks.at(-1)).toBe('3 missing\nafter\n');
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
