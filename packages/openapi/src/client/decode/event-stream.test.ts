import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readEvents } from './event-stream.ts';

async function read(text: string, size = 1_000): Promise<unknown[]> {
  const bytes = new TextEncoder().encode(text);
  let start = 0;
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (start >= bytes.length) return controller.close();
      controller.enqueue(bytes.subarray(start, start + size));
      start += size;
    },
  });
  const events: unknown[] = [];
  for await (const event of readEvents(stream, (data) => data)) events.push(event);
  return events;
}

describe('readEvents', () => {
  it.each<[string, unknown[]]>([
    ['data: one\n\ndata: two\n\n', [{ data: 'one' }, { data: 'two' }]],
    ['data: YHOO\ndata: +2\ndata: 10\n\n', [{ data: 'YHOO\n+2\n10' }]],
    [': comment\n\ndata:no space\n\ndata:  two spaces\n\n', [{ data: 'no space' }, { data: ' two spaces' }]],
    ['data\n\ndata\ndata\n\ndata:', [{ data: '' }, { data: '\n' }]],
    ['event: add\r\ndata: 1\r\rdata: 2\n\n', [{ event: 'add', data: '1' }, { data: '2' }]],
    [
      'id: 1\ndata: a\n\ndata: b\n\nid\ndata: c\n\n',
      [
        { id: '1', data: 'a' },
        { id: '1', data: 'b' },
        { id: '', data: 'c' },
      ],
    ],
    ['id: a\0b\ndata: x\n\n', [{ data: 'x' }]],
    ['retry: 10\ndata: x\n\nretry: 1x\ndata: y\n\n', [{ retry: 10, data: 'x' }, { data: 'y' }]],
    ['event: lonely\n\nunknown: field\ndata: ü🚢\n\n', [{ data: 'ü🚢' }]],
    ['\ufeffdata: with a mark\n\n', [{ data: 'with a mark' }]],
    ['data: incomplete\n', []],
  ])('reads %j', async (text, events) => {
    expect(await read(text)).toEqual(events);
  });

  it('does not depend on how the text is cut', async () => {
    const text = 'id: 7\r\nevent: ü\r\ndata: 🚢\r\ndata: b\r\n\r\n\rdata: c\r\rdata: d\n\n';
    const whole = await read(text);
    expect(whole).toHaveLength(3);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 20 }), async (size) => {
        expect(await read(text, size)).toEqual(whole);
      }),
    );
  });

  it('ends the stream when nobody listens any more', async () => {
    let isCancelled = false;
    const stream = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new TextEncoder().encode('data: x\n\n')),
      cancel: () => {
        isCancelled = true;
      },
    });
    for await (const event of readEvents(stream, JSON.stringify)) {
      expect(event).toEqual({ data: '"x"' });
      break;
    }
    expect(isCancelled).toBe(true);
  });
});
