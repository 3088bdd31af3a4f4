import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

const HEADER = 24;
const NOT_FOUND = 1;

/** A Memcached for tests: it knows get, set and delete of the binary protocol, and its clock can be put forward. */
export class MemcachedServer implements AsyncDisposable {
  /** Milliseconds by which its clock is fast. */
  ahead = 0;
  readonly keys: string[] = [];
  readonly #entries = new Map<string, { readonly value: Buffer; readonly expiresAt: number }>();
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((socket) => this.#serve(socket));
  }

  static async start(): Promise<MemcachedServer> {
    const server = new MemcachedServer();
    server.#server.listen(0, '127.0.0.1');
    await once(server.#server, 'listening');
    return server;
  }

  get address(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await once(this.#server, 'close');
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket);
    let received = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      while (received.length >= HEADER && received.length >= HEADER + received.readUInt32BE(8)) {
        const length = HEADER + received.readUInt32BE(8);
        socket.write(this.#answer(received.subarray(0, length)));
        received = received.subarray(length);
      }
    });
  }

  #answer(request: Buffer): Buffer {
    const [opcode, keyLength, extrasLength] = [request.readUInt8(1), request.readUInt16BE(2), request.readUInt8(4)];
    const key = request.toString('utf8', HEADER + extrasLength, HEADER + extrasLength + keyLength);
    const value = Buffer.from(request.subarray(HEADER + extrasLength + keyLength));
    this.keys.push(key);
    switch (opcode) {
      case 0: {
        const entry = this.#entries.get(key);
        const isAlive = entry && entry.expiresAt > Date.now() + this.ahead;
        return isAlive
          ? respond(request, { extras: Buffer.alloc(4), value: entry.value })
          : respond(request, { status: NOT_FOUND });
      }
      case 1: {
        const seconds = request.readUInt32BE(HEADER + 4);
        this.#entries.set(key, { value, expiresAt: seconds ? Date.now() + this.ahead + seconds * 1_000 : Infinity });
        return respond(request, {});
      }
      default:
        return respond(request, { status: this.#entries.delete(key) ? 0 : NOT_FOUND });
    }
  }
}

function respond(
  request: Buffer,
  {
    status = 0,
    extras = Buffer.alloc(0),
    value = Buffer.alloc(0),
  }: { status?: number; extras?: Buffer; value?: Buffer },
): Buffer {
  const header = Buffer.alloc(HEADER);
  header.writeUInt8(0x81, 0);
  header.writeUInt8(request.readUInt8(1), 1);
  header.writeUInt8(extras.length, 4);
  header.writeUInt16BE(status, 6);
  header.writeUInt32BE(extras.length + value.length, 8);
  request.copy(header, 12, 12, 16);
  return Buffer.concat([header, extras, value]);
}
