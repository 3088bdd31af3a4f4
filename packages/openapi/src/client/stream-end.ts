import type { CallResponse } from './call.ts';

/** What becomes of a call whose answer is a stream. */
export interface StreamEnd {
  /** Called once, when the stream is over, however that comes. */
  readonly onEnd: () => void;
  /** What the reader gets to see when the stream breaks. */
  readonly toError: (thrown: unknown) => Error;
}

/** A response whose body is a stream, with something that is done at its end. */
export function withStreamEnd(response: CallResponse, end: StreamEnd): CallResponse {
  const { body } = response;
  return body instanceof ReadableStream
    ? { ...response, body: streamWithEnd(body as ReadableStream<Uint8Array>, end) }
    : { ...response, body: iterateWithEnd(body as AsyncIterable<unknown>, end) };
}

function streamWithEnd(stream: ReadableStream<Uint8Array>, { onEnd, toError }: StreamEnd): ReadableStream<Uint8Array> {
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
          controller.error(toError(error));
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

async function* iterateWithEnd(
  iterable: AsyncIterable<unknown>,
  { onEnd, toError }: StreamEnd,
): AsyncGenerator<unknown, void> {
  try {
    yield* iterable;
  } catch (error) {
    throw toError(error);
  } finally {
    onEnd();
  }
}
