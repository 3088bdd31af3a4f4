import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { HostProcess } from '../../src/host-process.ts';
import { checkAnswer } from './answers.ts';
import { GET } from './requests.ts';

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** What is checked of a host: that it answers, and what it prints. */
async function hostThat(answer: (response: ServerResponse, log: (line: string) => void) => void): Promise<HostProcess> {
  const output = new PassThrough().resume();
  const server = createServer((request, response) => {
    if (request.url === GET.request.path) answer(response, (line) => output.write(`${line}\n`));
    else response.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  ends.push(() => server.close().closeAllConnections());
  return { port: (server.address() as AddressInfo).port, output } as unknown as HostProcess;
}

const LINE = JSON.stringify({ type: 'access', url: GET.request.path });

describe('checkAnswer', () => {
  it('accepts a host that answers the same bytes', async () => {
    await checkAnswer('fastify', await hostThat((response) => response.end(GET.body)), GET);
  });

  it('refuses other bytes and another status', async () => {
    const other = await hostThat((response) => response.end(`${GET.body}\n`));
    await expect(checkAnswer('fastify', other, GET)).rejects.toThrow('fastify answers');
    const failing = await hostThat((response) => response.writeHead(203).end(GET.body));
    await expect(checkAnswer('fastify', failing, GET)).rejects.toThrow('with 203');
  });

  it('refuses Bulkhead without security headers', async () => {
    const bare = await hostThat((response, log) => {
      log(LINE);
      response.end(GET.body);
    });
    await expect(checkAnswer('bulkhead', bare, GET)).rejects.toThrow('content-security-policy');
  });

  it('wants one line in the log, and no more', async () => {
    const once = await hostThat((response, log) => {
      log(LINE);
      response.end(GET.body);
    });
    await checkAnswer('backstage', once, GET);
    const twice = await hostThat((response, log) => {
      log(LINE);
      log(LINE);
      response.end(GET.body);
    });
    await expect(checkAnswer('backstage', twice, GET)).rejects.toThrow('more than once');
  });
});
