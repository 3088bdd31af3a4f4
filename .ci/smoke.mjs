/**
 * Starts the built host on the Node.js that runs this script, waits until it is ready, asks it something, and stops it.
 * Published packages support older releases of Node.js than the scripts of this repository run on.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const readyWithin = 60_000;
const stopWithin = 10_000;
const root = path.resolve(import.meta.dirname, '..');

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}

async function waitUntilReady(url, exited) {
  for (const deadline = Date.now() + readyWithin; Date.now() < deadline; await delay(100)) {
    if (exited()) throw new Error('The host stopped before it was ready');
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) return;
  }
  throw new Error(`The host was not ready within ${readyWithin} ms`);
}

async function expectStatus(url, expected) {
  const { status } = await fetch(url);
  if (status !== expected) throw new Error(`${url} answered ${status}, not ${expected}`);
}

const port = await freePort();
const data = await mkdtemp(path.join(tmpdir(), 'bulkhead-smoke-'));
// PostgreSQL runs under another account when the host runs as root, and has to pass through.
await chmod(data, 0o711);
const host = spawn(process.execPath, ['packages/backend/dist/index.js'], {
  cwd: root,
  stdio: ['ignore', 'inherit', 'inherit'],
  env: {
    ...process.env,
    APP_CONFIG_backend_listen_port: String(port),
    APP_CONFIG_backend_database_embedded_dataDir: path.join(data, 'postgres'),
  },
});
const exit = once(host, 'exit');

try {
  const origin = `http://127.0.0.1:${port}`;
  await waitUntilReady(
    `${origin}/.bulkhead/health/readiness`,
    () => host.exitCode !== null || host.signalCode !== null,
  );
  await expectStatus(`${origin}/api/example/greeting`, 200);
  await expectStatus(`${origin}/api/todo/todos`, 401);
  await expectStatus(`${origin}/api/digest/openapi.json`, 200);
  await expectStatus(`${origin}/api/openapi.json`, 200);
  await expectStatus(`${origin}/docs`, 200);
  await expectStatus(`${origin}/api/nothing`, 404);
  host.kill('SIGTERM');
  const stopped = await Promise.race([exit, delay(stopWithin, undefined, { ref: false })]);
  if (!stopped) throw new Error(`The host did not stop within ${stopWithin} ms`);
  if (stopped[0] !== 0) throw new Error(`The host stopped with ${stopped[0] ?? stopped[1]}, not 0`);
  console.log(`The built host runs on Node.js ${process.version}`);
} finally {
  host.kill('SIGKILL');
  await rm(data, { recursive: true, force: true });
}
