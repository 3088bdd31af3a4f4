import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** Stands between a host and its database, to cut the line between them. */
export class TcpProxy implements AsyncDisposable {
  readonly #target: { readonly host: string; readonly port: number };
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  #port = 0;
  #silent = false;

  private constructor(target: { readonly host: string; readonly port: number }) {
    this.#target = target;
  }

  /** Starts a proxy on a port of the system's choice. */
  static async start(target: { readonly host: string; readonly port: number }): Promise<TcpProxy> {
    const proxy = new TcpProxy(target);
    await proxy.restore();
    return proxy;
  }

  get port(): number {
    return this.#port;
  }

  /** Breaks all connections and refuses new ones. */
  async cut(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    const closed = new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
    this.breakConnections();
    await closed;
  }

  /** Accepts connections again, on the same port. */
  async restore(): Promise<void> {
    const server = createServer({ pauseOnConnect: true }, (socket) => this.#accept(socket));
    this.#server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#port, '127.0.0.1', resolve);
    });
    this.#port = (server.address() as AddressInfo).port;
  }

  /** Breaks the connections that there are. */
  breakConnections(): void {
    for (const socket of this.#sockets) {
      socket.resetAndDestroy();
    }
  }

  /** Passes nothing on any more, without closing anything: a cable that was pulled. */
  silence(): void {
    this.#silent = true;
    for (const socket of this.#sockets) {
      socket.pause();
    }
  }

  /** Passes everything on again, also what came in between. */
  speak(): void {
    this.#silent = false;
    for (const socket of this.#sockets) {
      socket.resume();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.cut();
  }

  #accept(client: Socket): void {
    const server = connect(this.#target.port, this.#target.host);
    this.#link(client, server);
    this.#link(server, client);
    if (!this.#silent) {
      client.resume();
    }
  }

  #link(from: Socket, to: Socket): void {
    this.#sockets.add(from);
    from.on('data', (data) => to.write(data));
    from.on('end', () => to.end());
    from.on('error', () => to.destroy());
    from.on('close', () => {
      this.#sockets.delete(from);
      to.destroy();
    });
  }
}
