import { once } from 'node:events';
import { createServer, IncomingMessage, type ServerResponse } from 'node:http';
import { connect, Socket, type AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { finished } from 'node:stream/promises';
import { describe, expect, it } from '@jest/globals';
import { PayloadTooLargeError } from '@bulkhead/errors';
import { readBytes } from './read-bytes.ts';

/** How a body is sent and received. */
interface Exchange {
  readonly send: (socket: Socket, arrived: Promise<IncomingMessage>) => unknown;
  /** What happens before it is read. */
  readonly before?: (request: IncomingMessage, response: ServerResponse) => unknown;
}

/** What came of an exchange. */
interface Outcome {
  readonly bytes: string;
  /** What is left of the request when its response is over. */
  readonly state: unknown;
  /** What the connection answered. */
  readonly answers: readonly string[];
}

const head = (length: number | string, more = ''): string =>
  `POST / HTTP/1.1\r\nHost: x\r\n${typeof length === 'number' ? `Content-Length: ${length}` : length}\r\n${more}\r\n`;
const next = 'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';

/** Has a body read, and another request answered after it by the same connection. */
async function outcomeOf(read: typeof readBytes, { send, before }: Exchange): Promise<Outcome> {
  const requests: IncomingMessage[] = [];
  const bytes: Buffer[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    requests.push(request);
    // What is read at once has not come yet: the parser goes on afterwards.
    if (before) await before(request, response);
    bytes.push(await read(request));
    response.end(`answer ${requests.length}`);
  };
  const server = createServer((request, response) => void answer(request, response)).listen(0, '127.0.0.1');
  const arrived = once(server, 'request').then(([request]) => request as IncomingMessage);
  await once(server, 'listening');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  await send(socket, arrived);
  socket.write(next);
  const answers = (await buffer(socket)).toString().match(/answer \d|100 Continue/g) ?? [];
  server.close();
  const [request] = requests as [IncomingMessage];
  await finished(request);
  const { complete, readable, readableEnded, readableLength, destroyed, closed, errored } = request;
  const state = { complete, readable, readableEnded, readableLength, destroyed, closed, errored };
  return { bytes: Buffer.concat(bytes).toString('latin1'), state, answers };
}

/** As fast as the other end takes it, a turn of the event loop between two pieces. */
async function sendSlowly(socket: Socket, pieces: readonly string[]): Promise<void> {
  for (const piece of pieces) {
    await new Promise((resolve) => socket.write(piece, 'latin1', resolve));
    await new Promise(setImmediate);
  }
}

const CASES: Readonly<Record<string, Exchange>> = {
  'it comes with the head': { send: (socket) => socket.write(`${head(4)}body`) },
  'it comes after the head': {
    send: async (socket, arrived) => {
      socket.write(head(4));
      await arrived;
      socket.write('body');
    },
  },
  'it comes in pieces': { send: (socket) => sendSlowly(socket, [head(6), 'a', 'bc', '\xe4', '\xff\x00']) },
  'it is large': { send: (socket) => socket.write(`${head(5_000_000)}${'0123456789'.repeat(500_000)}`) },
  'its length is not announced': {
    send: (socket) => socket.write(`${head('Transfer-Encoding: chunked')}2\r\nbo\r\n2\r\ndy\r\n0\r\n\r\n`),
  },
  'a part has come before it is read': {
    send: (socket) => sendSlowly(socket, [`${head(4)}bo`, 'dy']),
    before: () => new Promise(setImmediate),
  },
  'it has come before it is read': {
    send: (socket) => socket.write(`${head(4)}body`),
    before: async (request) => {
      while (!request.complete) await new Promise(setImmediate);
    },
  },
  'the client waits to be asked for it': {
    send: async (socket) => {
      socket.write(head(4, 'Expect: 100-continue\r\n'));
      await once(socket, 'readable');
      socket.write('body');
    },
  },
  'somebody waits for its end': {
    send: (socket) => socket.write(`${head(4)}body`),
    before: (request) => void request.on('end', () => undefined),
  },
  'there are many in a row': { send: (socket) => socket.write(`${head(4)}body`.repeat(20)) },
  'it is answered before it has come': {
    send: async (socket) => {
      socket.write(head(4));
      await once(socket, 'readable');
      socket.write('body');
    },
    before: (_request, response) => void response.write('answer 0'),
  },
};

describe('the bytes of a body', () => {
  it.each(Object.entries(CASES))('are those that the stream has when %s', async (_what, exchange) => {
    const ours = await outcomeOf(readBytes, exchange);
    expect(ours).toEqual(await outcomeOf(buffer as typeof readBytes, exchange));
    expect(ours.bytes).not.toBe('');
  });

  /** What a reader is told when something happens before all of the body has come. */
  async function faultOf(happen: (request: IncomingMessage, response: ServerResponse, client: Socket) => unknown) {
    const server = createServer();
    const fault = new Promise((resolve) =>
      server.on('request', (request, response) => {
        readBytes(request).then(resolve, resolve);
        happen(request, response, client);
      }),
    );
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const client = connect((server.address() as AddressInfo).port, '127.0.0.1').on('error', () => undefined);
    client.write(`${head(10)}body`);
    await fault;
    client.destroy();
    server.close();
    return fault;
  }

  const incomplete = expect.objectContaining({ code: 'ERR_CONTRACT_INCOMPLETE_BODY' });

  it('are not all there when the connection breaks', async () => {
    expect(await faultOf((_request, _response, client) => client.resetAndDestroy())).toEqual(incomplete);
  });

  it('are not all there when the request is let go of', async () => {
    expect(await faultOf((request) => request.destroy())).toEqual(incomplete);
  });

  it('are not all there when somebody has answered, and the rest was thrown away', async () => {
    const fault = await faultOf((_request, response, client) => {
      response.end();
      client.once('readable', () => client.write('after'.repeat(2)));
    });
    expect(fault).toEqual(incomplete);
  });

  it('are refused as the host says', async () => {
    const refusal = new PayloadTooLargeError('Too much');
    expect(await faultOf((request) => request.emit('error', refusal))).toBe(refusal);
  });

  it('are not waited for when the request is over', async () => {
    await expect(readBytes(new IncomingMessage(new Socket()).destroy())).rejects.toEqual(incomplete);
  });

  it('do not go through the stream when they have not come yet', async () => {
    let isRead: unknown;
    const { bytes } = await outcomeOf(async (request) => {
      const read = await readBytes(request);
      isRead ??= request.readableDidRead;
      return read;
    }, CASES['it comes in pieces']!);
    expect([bytes, isRead]).toEqual(['abc\xe4\xff\x00', false]);
  });
});
