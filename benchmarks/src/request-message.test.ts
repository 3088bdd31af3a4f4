import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, it } from '@jest/globals';
import { messageOf } from './request-message.ts';

it('writes requests as servers read them', async () => {
  const received: Promise<string>[] = [];
  const server = createServer((request, response) => {
    received.push(describeRequest(request));
    response.end();
    if (received.length === 2) server.close().closeIdleConnections();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const request = { path: '/items?limit=1', method: 'POST', headers: { 'x-kind': 'new' }, body: '{"title":"Käse"}' };
  const socket = connect(port, '127.0.0.1').resume();
  socket.end(messageOf(request, port) + messageOf({ path: '/items' }, port));
  await once(socket, 'close');
  expect(await Promise.all(received)).toEqual([
    `POST /items?limit=1 127.0.0.1:${port} {"title":"Käse"}`,
    `GET /items 127.0.0.1:${port} `,
  ]);
});

async function describeRequest(request: IncomingMessage): Promise<string> {
  return `${request.method} ${request.url} ${request.headers.host} ${await text(request)}`;
}
