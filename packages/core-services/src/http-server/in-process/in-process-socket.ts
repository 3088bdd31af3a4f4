import { Duplex } from 'node:stream';

/** What a response is written to, in place of a connection. */
export interface ResponseReceiver {
  /**
   * Takes what Node.js would put on the wire: the head of a response, and its body as it is.
   *
   * @param done - called when there is room for more
   */
  receive(chunk: Buffer | string, encoding: BufferEncoding, done: () => void): void;
  /** The connection has ended, for whatever reason. */
  close(): void;
}

type Destroyed = (error?: Error | null) => void;

/**
 * The socket of a request that never was on a wire. To handlers it looks like one of the loopback interface; behind it
 * is whoever waits for the response.
 */
export class InProcessSocket extends Duplex {
  readonly encrypted = false;
  readonly remoteAddress = '127.0.0.1';
  readonly remoteFamily = 'IPv4';
  readonly remotePort = 0;
  readonly localAddress = '127.0.0.1';
  readonly localPort = 0;
  readonly connecting = false;
  bytesRead = 0;
  bytesWritten = 0;
  /** Called when the request wants more of its body. */
  onDemand: (() => void) | undefined = undefined;
  readonly #receiver: ResponseReceiver;

  constructor(receiver: ResponseReceiver) {
    super({ decodeStrings: false });
    this.#receiver = receiver;
  }

  /** Node.js calls it for the next piece of a request's body. */
  override resume(): this {
    this.onDemand?.();
    return this;
  }

  override _read(): void {
    // Nothing is read from it: the request gets its body directly.
  }

  override _write(chunk: Buffer | string, encoding: BufferEncoding, done: () => void): void {
    this.bytesWritten += typeof chunk === 'string' ? Buffer.byteLength(chunk, encoding) : chunk.length;
    this.#receiver.receive(chunk, encoding, done);
  }

  override _destroy(error: Error | null, done: Destroyed): void {
    this.#receiver.close();
    // Whoever writes into a connection that has closed learns of it by its response, not by an error of the socket.
    void error;
    done();
  }

  // What handlers do to sockets, and what has no meaning here.

  address(): object {
    return { address: this.localAddress, family: 'IPv4', port: this.localPort };
  }

  destroySoon(): void {
    this.destroy();
  }

  setTimeout(): this {
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }
}
