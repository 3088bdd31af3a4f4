import { Readable } from 'node:stream';

/** Where the chunks of a body come from, whatever kind of stream that is. */
export interface ChunkSource {
  next(): Promise<{ readonly done?: boolean; readonly value?: unknown }>;
  /** Says that nobody wants any more. Chunks that are being waited for may still come, or never. */
  cancel(reason?: Error): void;
}

/** The chunks of a stream; `undefined` if the value is none. */
export function toChunkSource(stream: unknown): ChunkSource | undefined {
  if (stream instanceof Readable) {
    return fromReadable(stream);
  }
  if (hasMethod(stream, 'getReader')) {
    return fromWebStream(stream as unknown as ReadableStream<unknown>);
  }
  if (hasMethod(stream, 'stream') && hasMethod(stream, 'arrayBuffer')) {
    return fromWebStream((stream as unknown as Blob).stream());
  }
  return hasMethod(stream, Symbol.asyncIterator)
    ? fromIterable(stream as unknown as AsyncIterable<unknown>)
    : undefined;
}

function hasMethod(value: unknown, name: string | symbol): value is object {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as Record<symbol, unknown>)[name as symbol] === 'function'
  );
}

function fromReadable(stream: Readable): ChunkSource {
  const iterator = stream[Symbol.asyncIterator]() as AsyncIterator<unknown>;
  return {
    next: () => iterator.next(),
    cancel: (reason) => void stream.destroy(reason),
  };
}

function fromWebStream(stream: ReadableStream<unknown>): ChunkSource {
  const reader = stream.getReader();
  return {
    next: () => reader.read(),
    cancel: (reason) => void reader.cancel(reason).catch(ignore),
  };
}

function fromIterable(iterable: AsyncIterable<unknown>): ChunkSource {
  const iterator = iterable[Symbol.asyncIterator]();
  return {
    next: () => iterator.next(),
    // A generator that waits for something takes note of it only then; the signal of the request wakes it up.
    cancel: () => void iterator.return?.().then(ignore, ignore),
  };
}

/** What a source says when nobody listens any more is of no interest. */
function ignore(): void {}
