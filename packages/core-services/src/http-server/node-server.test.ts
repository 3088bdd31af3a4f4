import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { ConfigReader } from '@bulkhead/config';
import type { BulkheadError } from '@bulkhead/errors';
import type { JsonValue } from '@bulkhead/types';
import { readHttpServerSettings } from './http-server-settings.ts';
import { createNodeServer, listen } from './node-server.ts';

async function listenOn(value: JsonValue): Promise<string> {
  const settings = readHttpServerSettings(new ConfigReader({ backend: { listen: value } }));
  const server = createNodeServer(settings);
  const { url } = await listen(server, settings);
  await new Promise((resolve) => server.close(resolve));
  return url;
}

async function faultOf(value: JsonValue): Promise<BulkheadError> {
  return listenOn(value).then(
    () => Promise.reject(new TypeError('it listens')),
    (error: unknown) => error as BulkheadError,
  );
}

describe('listen', () => {
  it('listens on loopback unless told otherwise', async () => {
    expect(await listenOn({ port: 0 })).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(await listenOn('localhost:0')).toMatch(/^http:\/\/localhost:\d+$/);
    expect(await listenOn({ host: '0.0.0.0', port: 0 })).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it('reaches itself over IPv4 where it listens on all interfaces: many containers have no loopback of IPv6', async () => {
    const settings = readHttpServerSettings(new ConfigReader({ backend: { listen: '*:0' } }));
    const server = createNodeServer(settings);
    server.on('request', (_request, response) => response.end('here'));
    const { url, host } = await listen(server, settings);
    expect([url, host]).toEqual([expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/), '::']);
    expect(await (await fetch(url)).text()).toBe('here');
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('names the process that has the port, and how to choose another', async () => {
    const script =
      "require('net').createServer().listen(0, '127.0.0.1', function () { console.log(this.address().port) })";
    const other = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [chunk] = (await once(other.stdout, 'data')) as [Buffer];
    const port = Number(chunk.toString());
    try {
      const error = await faultOf({ port });
      expect(error.code).toBe('ERR_HTTP_PORT_IN_USE');
      expect(error.hint).toContain(`APP_CONFIG_backend_listen_port=${port + 1} npm start`);
      const isKnown = process.platform === 'linux';
      expect(error.message).toBe(
        `Port ${port} on 127.0.0.1 is in use by ${isKnown ? `process ${other.pid} (node)` : 'another process'}`,
      );
    } finally {
      other.kill();
      await once(other, 'exit');
    }
  });

  it('knows itself as the process that has the port', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    expect((await faultOf(`127.0.0.1:${port}`)).code).toBe('ERR_HTTP_PORT_IN_USE');
    server.close();
  });

  it('says what is wrong with an address that it cannot have', async () => {
    const error = await faultOf({ host: '203.0.113.7', port: 0 });
    expect(error.code).toBe('ERR_HTTP_LISTEN_FAILED');
    expect(error.hint).toContain('backend.listen.host');
  });
});
