import type { CallResponse } from './call.ts';

/**
 * A response whose body is a stream, with something that is done when the stream is over, however that comes.
 *
 * @param onEnd - called once
 */
export function withStreamEnd(response: CallResponse, onEnd: () => void): CallResponse {
  const { body } = response;
  return body instanceof ReadableStream
    ? { ...response, body: streamWithEnd(body as ReadableStream<Uint8Array>, onEnd) }
    : { ...response, body: iterateWithEnd(body as AsyncIterable<unknown>, onEnd) };
}

function streamWithEnd(stream: ReadableStream<Uint8Array>, onEnd: () => void): ReadableStream<Uint8Array> {
  const reader = stream.getReader();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (!done) {
            controller.enqueue(value);
            return;
          }
          controller.close();
        } catch (error) {
          controller.error(error);
        }
        onEnd();
      },
      cancel(reason) {
        onEnd();
        return reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}

async function* iterateWithEnd(iterable: AsyncIterable<unknown>, onEnd: () => void): AsyncGenerator<unknown, void> {
  try {
    yield* iterable;
  } finally {
    onEnd();
  }
}
