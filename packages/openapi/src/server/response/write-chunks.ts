import type { ServerResponse } from 'node:http';
import { wrongChunk } from '../errors.ts';
import type { ChunkSource } from './chunk-source.ts';

/**
 * Sends chunks as fast as the client takes them, and ends the response. The head goes out with the first chunk, so that a
 * source that fails at once gets an error response. When the client hangs up, the source is cancelled.
 *
 * @throws whatever the source fails with
 */
export async function writeChunks(response: ServerResponse, source: ChunkSource): Promise<void> {
  const transfer = new Transfer(response, source);
  try {
    await transfer.run();
  } catch (error) {
    // The source is cancelled when the client has gone, and what it says about that is no failure.
    if (!transfer.isOver) {
      source.cancel(error as Error);
      throw error;
    }
  } finally {
    transfer.release();
  }
}

class Transfer {
  readonly #response: ServerResponse;
  readonly #source: ChunkSource;
  #goOn: (() => void) | undefined;
  /** Whether the client has gone. */
  isOver = false;
  readonly #onDrain = (): void => this.#goOn?.();
  readonly #onClose = (): void => {
    this.isOver = true;
    this.#source.cancel();
    this.#goOn?.();
  };

  constructor(response: ServerResponse, source: ChunkSource) {
    this.#response = response;
    this.#source = source;
    response.on('drain', this.#onDrain).on('close', this.#onClose);
  }

  async run(): Promise<void> {
    if (this.#response.destroyed) {
      this.#onClose();
      return;
    }
    for (;;) {
      const { done, value } = await this.#source.next();
      if (this.isOver) {
        return;
      }
      if (done) {
        this.#response.end();
        return;
      }
      if (!this.#response.write(toBytes(value))) {
        await new Promise<void>((resolve) => (this.#goOn = resolve));
      }
    }
  }

  release(): void {
    this.#response.off('drain', this.#onDrain).off('close', this.#onClose);
  }
}

function toBytes(chunk: unknown): Uint8Array | string {
  if (typeof chunk === 'string' || chunk instanceof Uint8Array) {
    return chunk;
  }
  throw wrongChunk(chunk);
}
