import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { get } from 'node:https';
import { expect, it } from '@jest/globals';
import { startTestHost } from './test-host.ts';

it('HTTPS is spoken with a certificate, and browsers are told to stay with it', async () => {
  const [cert, key] = await Promise.all(
    ['cert', 'key'].map((name) => readFile(new URL(`tls/${name}.pem`, import.meta.url), 'utf8')),
  );
  const host = await startTestHost({ config: { backend: { https: { certificate: { cert, key } } } } });
  expect(host.url).toBe(`https://127.0.0.1:${host.port}`);
  const request = get(`${host.url}/.bulkhead/health/liveness`, { ca: cert, agent: false });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  expect(response.statusCode).toBe(200);
  expect(response.headers['strict-transport-security']).toMatch(/^max-age=/);
  response.resume();
  await once(response, 'end');
  await host.stop();
});
