import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, it } from '@jest/globals';
import { reservePorts } from './index.ts';

it('reserves ports on which one can listen, time and again', async () => {
  const ports = await reservePorts(5);
  expect(new Set(ports).size).toBe(5);
  for (const port of [...ports, ...ports]) {
    const server = createServer().listen(port, '127.0.0.1');
    await once(server, 'listening');
    await once(server.close(), 'close');
  }
});
