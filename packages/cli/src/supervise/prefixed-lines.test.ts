import { PassThrough, Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PrefixedLines } from './prefixed-lines.ts';

function collect(): { lines: PrefixedLines; text(): Promise<string>; stream: PassThrough } {
  const stream = new PassThrough({ highWaterMark: 16 });
  const read = stream.setEncoding('utf8').reduce((text: string, chunk: string) => text + chunk, '');
  const text = (): Promise<string> => {
    stream.end();
    return read;
  };
  return { lines: new PrefixedLines(stream), text, stream };
}

describe('PrefixedLines', () => {
  it('puts the prefix before each line, also before the last one without an end', async () => {
    const { lines, text } = collect();
    await lines.copy('todo | ', Readable.from([Buffer.from('one\ntw'), Buffer.from('o\n\nthree')]));
    expect(await text()).toBe('todo | one\ntodo | two\ntodo | \ntodo | three\n');
  });

  it('leaves JSON records as they are', async () => {
    const { lines, text } = collect();
    await lines.copy('todo | ', Readable.from([Buffer.from('{"level":"info"}\n{ broken\n')]));
    expect(await text()).toBe('{"level":"info"}\ntodo | { broken\n');
  });

  it('writes a line that never ends in parts', async () => {
    const { lines, text } = collect();
    const long = 'x'.repeat(1024 * 1024 + 1);
    await lines.copy('| ', Readable.from([Buffer.from(long), Buffer.from('y')]));
    expect(await text()).toBe(`| ${long}\n| y\n`);
  });

  it('never mixes lines, wherever the streams are cut', async () => {
    const line = fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll(/[\n{]/g, '-'));
    const sources = fc.array(fc.tuple(fc.array(line), fc.integer({ min: 1, max: 7 })), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(sources, async (inputs) => {
        const { lines, text } = collect();
        await Promise.all(
          inputs.map(([texts, size], index) => {
            const bytes = Buffer.from(texts.map((each) => `${each}\n`).join(''));
            const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, part) =>
              bytes.subarray(part * size, (part + 1) * size),
            );
            return lines.copy(`${index}:`, Readable.from(chunks));
          }),
        );
        const written = (await text()).split('\n').slice(0, -1);
        for (const [index, [texts]] of inputs.entries()) {
          const own = written.filter((each) => each.startsWith(`${index}:`)).map((each) => each.slice(2));
          expect(own).toEqual(texts);
        }
        expect(written).toHaveLength(inputs.flatMap(([texts]) => texts).length);
      }),
      { numRuns: 50 },
    );
  });
});
