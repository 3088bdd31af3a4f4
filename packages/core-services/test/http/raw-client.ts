import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A response as it came over the wire. */
export interface RawResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** The error body of a response. */
export interface ReceivedError {
  readonly error: { readonly name: string; readonly message: string; readonly code: string; readonly hint?: string };
  readonly request?: { readonly method: string; readonly url: string };
  readonly response: { readonly statusCode: number };
  readonly requestId: string;
}

/** A TCP connection that sends what it is told to, be it HTTP or not. */
export class RawClient {
  readonly socket: Socket;
  #received = '';
  #hasEnded = false;
  #wake: (() => void) | undefined;

  private constructor(socket: Socket) {
    this.socket = socket;
    const wake = (): void => this.#wake?.();
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      this.#received += chunk;
      wake();
    });
    // A reset connection has ended, too; what was received before counts.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#hasEnded = true;
      wake();
    });
  }

  /** What has come and was not taken yet. */
  get received(): string {
    return this.#received;
  }

  static async connect(port: number): Promise<RawClient> {
    const socket = connect({ port, host: '127.0.0.1' });
    await once(socket, 'connect');
    return new RawClient(socket);
  }

  /** Sends text as it is. */
  write(text: string): this {
    this.socket.write(text, 'latin1');
    return this;
  }

  /** Sends a request head with a Host header, and a body if one is given. */
  request(line: string, headers: Readonly<Record<string, string>> = {}, body = ''): this {
    const lines = Object.entries({ Host: 'test', ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
    return this.write(`${line} HTTP/1.1\r\n${lines.join('')}\r\n${body}`);
  }

  /** The next response, the interim ones (1xx but 101) left out. Bodies must have a length or end with the connection. */
  async response(): Promise<RawResponse> {
    const head = await this.#take((text) => {
      const end = text.indexOf('\r\n\r\n');
      return end === -1 ? undefined : end + 4;
    });
    const [statusLine = '', ...lines] = head.trimEnd().split('\r\n');
    const status = Number(statusLine.split(' ')[1]);
    if (status === 100) {
      return this.response();
    }
    const headers = Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
    );
    const length = status === 101 || status === 304 ? 0 : Number(headers['content-length'] ?? NaN);
    const text = await this.#take((received) => (received.length >= length ? length : undefined));
    return { status, headers, text };
  }

  /** The next response, and the error in its body. */
  async errorResponse(): Promise<RawResponse & ReceivedError> {
    const response = await this.response();
    return { ...response, ...(JSON.parse(response.text) as ReceivedError) };
  }

  /** Everything that has come and will come, once the other side has closed the connection. */
  async rest(): Promise<string> {
    return this.#take(() => undefined);
  }

  /** Takes as many characters as `length` says, as soon as it says so; all of them at the end of the connection. */
  async #take(length: (received: string) => number | undefined): Promise<string> {
    for (;;) {
      const count = length(this.#received) ?? (this.#hasEnded ? this.#received.length : undefined);
      if (count !== undefined) {
        const taken = this.#received.slice(0, count);
        this.#received = this.#received.slice(count);
        return taken;
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  close(): void {
    this.socket.destroy();
  }
}
