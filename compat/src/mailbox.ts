import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A mail server that keeps what it gets. */
export class Mailbox implements AsyncDisposable {
  readonly port: number;
  /** The messages up to now, with their headers. */
  readonly messages: string[] = [];
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(server: Server) {
    this.#server = server;
    this.port = (server.address() as AddressInfo).port;
  }

  /** Starts it on a port that the system chooses. */
  static async start(): Promise<Mailbox> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const mailbox = new Mailbox(server);
    server.on('connection', (socket) => mailbox.#talk(socket));
    return mailbox;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #talk(socket: Socket): void {
    this.#sockets.add(socket);
    let received = '';
    let inMessage = false;
    socket.on('close', () => this.#sockets.delete(socket)).on('error', () => socket.destroy());
    socket.write('220 mailbox\r\n');
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      received += chunk;
      for (let end; (end = received.indexOf(inMessage ? '\r\n.\r\n' : '\r\n')) >= 0;) {
        const text = received.slice(0, end);
        received = received.slice(end + (inMessage ? 5 : 2));
        if (inMessage) this.messages.push(text);
        inMessage = !inMessage && /^data/i.test(text);
        socket.write(inMessage ? '354 go on\r\n' : /^quit/i.test(text) ? '221 bye\r\n' : '250 ok\r\n');
      }
    });
  }
}
