import { once } from 'node:events';
import { Agent, createServer, IncomingMessage, request, type ServerOptions, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { finished } from 'node:stream/promises';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from '@jest/globals';
import { HostRequest } from './host-request.ts';

type Handle = (request: IncomingMessage, heard: string[]) => unknown;

/** What code can find out about a request after its response. */
interface Outcome {
  readonly state: unknown;
  readonly heard: readonly string[];
  /** What the next request of the same connection is answered. */
  readonly next: string;
}

const agents: Agent[] = [];

afterEach(() => agents.splice(0).forEach((agent) => agent.destroy()));

/** Has a request handled, and another one that comes after it. */
async function outcomeOf(options: ServerOptions, handle: Handle, body?: string): Promise<Outcome> {
  const heard: string[] = [];
  const requests: IncomingMessage[] = [];
  const answer = async (received: IncomingMessage, response: ServerResponse): Promise<void> => {
    requests.push(received);
    if (requests.length === 1) await handle(received, heard);
    response.end(`answer ${requests.length}`);
  };
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
};

describe('a request of the host', () => {
  it.each(Object.entries(CASES))('ends as one of Node.js when %s', async (_what, { handle, body }) => {
    const ours = await outcomeOf({ IncomingMessage: HostRequest }, handle, body);
    expect(ours).toEqual(await outcomeOf({}, handle, body));
    expect(ours.next).toBe('answer 2');
  });

  it('is closed in one step, with this Node.js', () => {
    const received = new HostRequest({} as Socket);
    received.complete = true;
    (received as unknown as { _dump(): void })._dump();
    expect([received.readableEnded, received.destroyed]).toEqual([true, true]);
  });
});
