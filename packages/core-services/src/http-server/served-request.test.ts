import { once } from 'node:events';
import { Agent, createServer, IncomingMessage, request, ServerResponse } from 'node:http';
import { Socket, type AddressInfo } from 'node:net';
import { finished } from 'node:stream/promises';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Router } from 'express';
import { startTestHost, TOKEN } from '../../test/http/test-host.ts';
import type { ExchangeContext } from './exchange.ts';
import { Exchanges } from './exchanges.ts';
import { closeRequestsOf, ServedRequest } from './served-request.ts';

/** What a handler does; it is answered afterwards. */
type Handle = (request: IncomingMessage, heard: unknown[], response: ServerResponse) => unknown;

/** What code can find out about a request after its response. */
interface Outcome {
  readonly state: unknown;
  readonly heard: readonly unknown[];
  /** What the next request of the same connection is answered. */
  readonly next: string;
}

const agents: Agent[] = [];

afterEach(() => agents.splice(0).forEach((agent) => agent.destroy()));

/** Begins exchanges as the host does, with the listeners that it adds. */
function begin(received: IncomingMessage, response: ServerResponse): void {
  new Exchanges({} as ExchangeContext, { record: () => undefined }).begin(received, response);
}

/** Has a request handled, and another one that comes after it. */
async function outcomeOf(isOurs: boolean, handle: Handle, body?: string): Promise<Outcome> {
  const heard: unknown[] = [];
  const requests: IncomingMessage[] = [];
  const answer = async (received: IncomingMessage, response: ServerResponse): Promise<void> => {
    requests.push(received);
    if (isOurs) begin(received, response);
    if (requests.length === 1) await handle(received, heard, response);
    response.end(`answer ${requests.length}`);
  };
  const options = isOurs ? { IncomingMessage: ServedRequest } : {};
  const server = createServer(options, (received, response) => void answer(received, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  agents.push(agent);
  const ask = async (sent?: string): Promise<string> => {
    const { port } = server.address() as AddressInfo;
    const outgoing = request({ agent, port, host: '127.0.0.1', method: sent === undefined ? 'GET' : 'POST' }).end(sent);
    return text(((await once(outgoing, 'response')) as [IncomingMessage])[0]);
  };
  await ask(body);
  const next = await ask();
  const [first, second] = requests as [IncomingMessage, IncomingMessage];
  expect(second.socket).toBe(first.socket);
  await finished(first);
  server.close();
  const { complete, readable, readableEnded, readableLength, destroyed, closed, errored, aborted } = first;
  return {
    state: { complete, readable, readableEnded, readableLength, destroyed, closed, errored, aborted },
    heard,
    next,
  };
}

const CASES: Readonly<Record<string, { readonly handle: Handle; readonly body?: string }>> = {
  'nobody listens': { handle: () => undefined },
  'nobody reads a body': { handle: () => undefined, body: 'x'.repeat(100_000) },
  'a body is read': { handle: async (received, heard) => heard.push(await text(received)), body: 'all of it' },
  'no body is read': { handle: async (received, heard) => heard.push(await text(received)) },
  'somebody waits for its end': {
    handle: (received, heard) => ['end', 'close'].forEach((event) => received.once(event, () => heard.push(event))),
  },
  'somebody waits for its end without reading': {
    handle: (received, heard) => received.once('close', () => heard.push('close')),
    body: 'unread',
  },
  'its prototype is replaced': {
    handle: (received) =>
      Object.setPrototypeOf(received, Object.create(IncomingMessage.prototype) as object) as unknown,
  },
  'its prototype is replaced by that of an application': {
    handle: (received) => {
      const prototype = Object.create(IncomingMessage.prototype) as object;
      closeRequestsOf(prototype);
      Object.setPrototypeOf(received, prototype);
    },
  },
  'somebody turns to it when the response is finished': {
    handle: (received, heard, response) => response.once('finish', () => listenLate(received, heard)),
  },
  'somebody turns to it when the response is closed': {
    handle: (received, heard, response) => response.once('close', () => listenLate(received, heard)),
  },
  'somebody turns to it when the response has ended': {
    handle: (received, heard, response) => response.end('answer 1', () => listenLate(received, heard)),
  },
  'the emit of its response is wrapped': {
    handle: (received, heard, response) =>
      Object.assign(response, {
        emit(...args: Parameters<ServerResponse['emit']>) {
          const isHeard = ServerResponse.prototype.emit.apply(response, args);
          if (String(args[0]) === 'finish') listenLate(received, heard);
          return isHeard;
        },
      }),
  },
  'somebody waits for it to flow': {
    handle: (received, heard) => received.once('resume', () => heard.push('resume')),
  },
  'somebody is told of listeners': {
    handle: (received, heard) => received.on('newListener', (event) => heard.push(event)),
  },
  ...Object.fromEntries(
    ['emit', '_destroy', 'destroy', 'resume'].flatMap((name) => [
      [`its own ${name} is wrapped`, { handle: (received, heard) => wrap(received, name, heard) }],
      [
        `the ${name} of its prototype is wrapped`,
        {
          handle: (received, heard) => {
            const prototype = Object.create(Object.getPrototypeOf(received) as object) as IncomingMessage;
            wrap(prototype, name, heard);
            Object.setPrototypeOf(received, prototype);
          },
        },
      ],
    ]) satisfies [string, { handle: Handle }][],
  ),
};

/** Looks at a request whose response is over, and listens. */
function listenLate(received: IncomingMessage, heard: unknown[]): void {
  const { destroyed, readableEnded, closed } = received;
  heard.push({ destroyed, readableEnded, closed });
  for (const event of ['end', 'close']) {
    received.once(event, () => heard.push(event));
  }
}

/** Does what tools that trace requests do. */
function wrap(target: IncomingMessage, name: string, heard: unknown[]): void {
  const methods = target as unknown as Record<string, (...args: unknown[]) => unknown>;
  const method = methods[name]!;
  methods[name] = function (this: unknown, ...args) {
    heard.push(`${name} ${typeof args[0] === 'string' ? args[0] : ''}`);
    return method.apply(this, args);
  };
}

describe('a request that the host serves', () => {
  it.each(Object.entries(CASES))('ends as one of Node.js when %s', async (_what, { handle, body }) => {
    const ours = await outcomeOf(true, handle, body);
    expect(ours).toEqual(await outcomeOf(false, handle, body));
    expect(ours.next).toBe('answer 2');
  });

  it('is closed in one step, with this Node.js', () => {
    const received = new ServedRequest(new Socket());
    received.complete = true;
    const response = new ServerResponse(received);
    response.on('finish', () => undefined);
    begin(received, response);
    received._dump();
    expect([received.readableEnded, received.destroyed]).toEqual([true, true]);
  });

  it('shows nothing of its own', () => {
    const socket = new Socket();
    expect(Reflect.ownKeys(new ServedRequest(socket))).toEqual(Reflect.ownKeys(new IncomingMessage(socket)));
  });

  it('is closed in one step by a host, also in an application of Express', async () => {
    const host = await startTestHost();
    const requests: IncomingMessage[] = [];
    const router = Router().get('/x', (received, response) => {
      requests.push(received);
      response.send('answer');
    });
    host.addPlugin('todo').use(router);
    host.server.addEndpoint('/own', ({ request: received }) => {
      requests.push(received);
      return { status: 200, body: 'answer' };
    });
    const client = await host.connect();
    for (const path of ['/own', '/api/todo/x']) {
      await client.request(`GET ${path}`, { Authorization: `Bearer ${TOKEN}` }).response();
    }
    await Promise.all(requests.map((received) => finished(received)));
    // Node.js would have read on.
    expect(requests.map(({ readableEnded, readableFlowing }) => [readableEnded, readableFlowing])).toEqual([
      [true, null],
      [true, null],
    ]);
    await host.stop();
  });
});
