/** A stream of what an iterable yields, taken only as fast as the stream is read. */
export function toReadableStream(source: AsyncIterable<Uint8Array | string>): ReadableStream<Uint8Array> {
  const iterator = source[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const result = await iterator.next();
        if (result.done) {
          controller.close();
        } else {
          controller.enqueue(typeof result.value === 'string' ? encoder.encode(result.value) : result.value);
        }
      },
      async cancel(reason) {
        await iterator.return?.(reason);
      },
    },
    // Nothing is taken from the source before somebody wants it.
    { highWaterMark: 0 },
  );
}
