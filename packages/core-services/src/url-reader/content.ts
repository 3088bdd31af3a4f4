import { Readable } from 'node:stream';
import { contentTaken, contentTooLarge } from './errors.ts';
import type { Reading } from './reading.ts';

/** What {@link Content} is made of. */
export interface ContentOptions {
  readonly reading: Reading;
  readonly body: AsyncIterable<Uint8Array> | null;
  /** Bytes, decompressed. */
  readonly maxSize: number;
}

/** The content of a response, read when somebody wants it and as far as it is allowed to go. */
export class Content {
  readonly #options: ContentOptions;
  #buffer: Promise<Buffer> | undefined;
  #isStreamed = false;

  constructor(options: ContentOptions) {
    this.#options = options;
  }

  /**
   * All of it. Can be called again.
   *
   * @throws BulkheadError `ERR_URL_READER_TOO_LARGE`, `ERR_URL_READER_TIMEOUT`, `ERR_URL_READER_UNREACHABLE`,
   * `ERR_URL_READER_CONTENT_TAKEN`
   */
  async buffer(): Promise<Buffer> {
    if (this.#isStreamed) throw contentTaken(this.#options.reading.url);
    return (this.#buffer ??= this.#collect());
  }

  /** Chunk by chunk; fails as {@link Content.buffer} does. @throws BulkheadError `ERR_URL_READER_CONTENT_TAKEN` */
  stream(): Readable {
    const { reading } = this.#options;
    if (this.#isStreamed) throw contentTaken(reading.url);
    if (this.#buffer) return Readable.from(only(this.#buffer), { objectMode: false });
    this.#isStreamed = true;
    return streamOf(this.#chunks(), () => reading.end());
  }

  async #collect(): Promise<Buffer> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of this.#chunks()) chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  async *#chunks(): AsyncGenerator<Uint8Array, void> {
    const { reading, body, maxSize } = this.#options;
    let size = 0;
    try {
      for await (const chunk of body ?? []) {
        size += chunk.byteLength;
        if (size > maxSize) throw contentTooLarge(reading.url, maxSize);
        yield chunk;
      }
    } catch (error) {
      throw reading.explain(error);
    } finally {
      reading.end();
    }
  }
}

/** As `Readable.from`, which on being destroyed waits for the next chunk, whether or not there will ever be one. */
function streamOf(chunks: AsyncIterator<Uint8Array>, onDestroyed: () => void): Readable {
  return new Readable({
    read() {
      chunks.next().then(
        ({ done, value }) => this.push(done ? null : value),
        (error: Error) => this.destroy(error),
      );
    },
    destroy(error, callback) {
      onDestroyed();
      callback(error);
    },
  });
}

async function* only<T>(value: Promise<T>): AsyncGenerator<T, void> {
  yield await value;
}
