import { once } from 'node:events';
import { request } from 'node:http';
import type { Socket } from 'node:net';
import { afterAll, describe, expect, it } from '@jest/globals';
import { coreServices, createBackendPlugin } from '@bulkhead/backend-plugin-api';
import { mockCredentials, startTestBackend } from '../index.ts';

const { header: authorization } = mockCredentials.user();
let onAborted: (id: string) => void;
const aborted = new Promise<string>((resolve) => (onAborted = resolve));

/** Answers who it is, in the ways that a proxy can get wrong. */
function createWitness() {
  let replicas = 0;
  return createBackendPlugin({
    pluginId: 'witness',
    register(env) {
      env.registerInit({
        deps: { http: coreServices.httpRouter, discovery: coreServices.discovery, logger: coreServices.logger },
        async init({ http, discovery, logger }) {
          const id = String(replicas++);
          logger.info('here');
          http.onUpgrade('/echo', ({ socket }) => {
            socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n');
            socket.pipe(socket);
          });
          http.use((req, res) => {
            if (req.path === '/hang') {
              res.on('close', () => onAborted(id));
              res.write('begun');
            } else if (req.path === '/die') {
              req.socket.destroy();
            } else if (req.path === '/where') {
              void discovery.getBaseUrl('witness').then((url) => res.json({ url }));
            } else if (req.method === 'POST') {
              req.pipe(res.type('text'));
            } else {
              res.json({ id });
            }
          });
        },
      });
    },
  });
}

describe('two replicas', () => {
  const started = startTestBackend({ features: [createWitness()], replicas: 2 });
  afterAll(async () => (await started).stop());

  it('get requests in turn, and the answer says who gave it', async () => {
    const { agent, replicas } = await started;
    expect(new Set(replicas.map(({ url }) => url)).size).toBe(2);
    const answers = [];
    for (let turn = 0; turn < 4; turn++) answers.push(await agent.get('/api/witness').expect(200));
    const ids = answers.map(({ body }) => body.id);
    expect(ids.slice(0, 2).sort()).toEqual(['0', '1']);
    expect(ids.slice(2)).toEqual(ids.slice(0, 2));
    const told = answers.map(({ headers }) => headers['x-test-replica']);
    expect(new Set(told)).toEqual(new Set(['0', '1']));
  });

  it('log into one record, in which they can be told apart', async () => {
    const { logs } = await started;
    const here = logs.lines.filter(({ message }) => message === 'here');
    expect(here.map(({ meta }) => meta.replica).sort()).toEqual([0, 1]);
  });

  it('are reached through the same address by other plugins', async () => {
    const { agent, url } = await started;
    await agent.get('/api/witness/where').expect(200, { url: `${url}/api/witness` });
  });

  it('get bodies and give them back', async () => {
    const { agent } = await started;
    const text = 'a'.repeat(300_000);
    const answer = await agent.post('/api/witness').type('text').send(text).expect(200);
    expect(answer.text).toBe(text);
  });

  it('learn that a client has hung up', async () => {
    const { url } = await started;
    const hanging = request(`${url}/api/witness/hang`, { headers: { authorization } });
    hanging.on('error', () => {});
    hanging.end();
    await once(hanging, 'response');
    hanging.destroy();
    expect(await aborted).toMatch(/^[01]$/);
  });

  it('can be asked for another protocol', async () => {
    const { url } = await started;
    const upgrade = request(`${url}/api/witness/echo`, {
      headers: { authorization, connection: 'Upgrade', upgrade: 'echo' },
    });
    upgrade.end();
    const [, socket] = (await once(upgrade, 'upgrade')) as [unknown, Socket];
    socket.write('hello');
    const [chunk] = (await once(socket, 'data')) as [Buffer];
    expect(chunk.toString()).toBe('hello');
    socket.destroy();
  });

  it('give a 502 when they hang up', async () => {
    const { agent } = await started;
    const { body } = await agent.get('/api/witness/die').expect(502);
    expect(body.error.code).toBe('ERR_TEST_REPLICA_UNREACHABLE');
  });

  it('keep their address over a restart', async () => {
    const { agent, restart, url, replicas } = await started;
    await restart();
    const now = await started;
    expect(now.url).toBe(url);
    expect(now.replicas.map((replica) => replica.url)).not.toEqual(replicas.map((replica) => replica.url));
    await agent.get('/api/witness').expect(200);
  });
});
