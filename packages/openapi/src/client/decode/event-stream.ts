import type { ServerSentEvent } from '../call.ts';

/**
 * Reads a `text/event-stream` (HTML, 9.2.6). An event that is not complete when the stream ends is dropped, as browsers do.
 *
 * @param parse - what the data of an event stand for
 */
export async function* readEvents<TData>(
  stream: ReadableStream<Uint8Array>,
  parse: (data: string) => TData,
): AsyncGenerator<ServerSentEvent<TData>, void, undefined> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  const lines = new LineSplitter();
  const event = new EventBuffer();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      const text = done ? decoder.decode() : decoder.decode(value, { stream: true });
      for (const finished of lines.split(text).flatMap((line) => event.take(line) ?? [])) {
        yield { ...finished, data: parse(finished.data) };
      }
      if (done) {
        return;
      }
    }
  } finally {
    // Ends the request when the consumer stops early; after the end it does nothing.
    await reader.cancel().catch(() => undefined);
  }
}

/** Cuts chunks of text into lines. Lines end with CR, LF or both, and both may come in two chunks. */
class LineSplitter {
  #rest = '';
  #endedWithReturn = false;

  split(chunk: string): readonly string[] {
    if (chunk === '') {
      return [];
    }
    const text = this.#endedWithReturn && chunk.startsWith('\n') ? chunk.slice(1) : chunk;
    this.#endedWithReturn = chunk.endsWith('\r');
    const lines = (this.#rest + text).split(/\r\n|\n|\r/);
    this.#rest = lines.pop()!;
    return lines;
  }
}

/** Gathers the fields of an event. */
class EventBuffer {
  #data: string[] = [];
  #name = '';
  #retry: number | undefined;
  /** Stays from event to event. */
  #id: string | undefined;

  /** @returns the event, if the line ends one */
  take(line: string): ServerSentEvent<string> | undefined {
    if (line === '') {
      return this.#finish();
    }
    const colon = line.indexOf(':');
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(line.charAt(colon + 1) === ' ' ? colon + 2 : colon + 1);
    switch (field) {
      case 'data':
        this.#data.push(value);
        break;
      case 'event':
        this.#name = value;
        break;
      case 'id':
        this.#id = value.includes('\0') ? this.#id : value;
        break;
      case 'retry':
        this.#retry = /^\d+$/.test(value) ? Number(value) : this.#retry;
        break;
      default:
        // Comments and fields that nobody knows.
        break;
    }
    return undefined;
  }

  #finish(): ServerSentEvent<string> | undefined {
    const data = this.#data;
    const name = this.#name;
    const retry = this.#retry;
    this.#data = [];
    this.#name = '';
    this.#retry = undefined;
    if (data.length === 0) {
      return undefined;
    }
    return {
      data: data.join('\n'),
      ...(name !== '' && { event: name }),
      ...(this.#id !== undefined && { id: this.#id }),
      ...(retry !== undefined && { retry }),
    };
  }
}
