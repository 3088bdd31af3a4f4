import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { coreServices, createBackendPlugin, type BackendFeature } from '@bulkhead/backend-plugin-api';
import { startTestBackend, type TestBackend } from '@bulkhead/backend-test-utils';
import { clientsServiceRef } from '@bulkhead/openapi';
import type { CalledOperation } from '@bulkhead/openapi/client';
import { createRoutes, type HandlerContext, type ServedOperation } from '@bulkhead/openapi/server';

const CONTENT = [{ mediaType: 'application/json', kind: 'json' }] as const;
const CALLED: CalledOperation = {
  operationId: 'goOn',
  method: 'GET',
  path: '/on',
  parameters: [],
  responses: { 200: CONTENT },
};
const SERVED: ServedOperation = {
  ...CALLED,
  access: { credentials: 'required', principals: ['user', 'service'], cookie: false },
  responses: { 200: { contents: CONTENT } },
};

/** What each plugin of the chain has seen, the first one first. */
interface Station {
  readonly pluginId: string;
  readonly requestId: string;
  /** What it was told of the time that is left. */
  readonly left: number;
}

let backend: TestBackend;
let stations: Station[];
/** Whether the last plugin answers. */
let isAnswering: boolean;
let aborted: Promise<unknown>;

beforeAll(async () => {
  backend = await startTestBackend({
    features: [link('first', 'second'), link('second', 'third'), link('third', undefined)],
  });
});

afterAll(() => backend.stop());

function link(pluginId: string, next: string | undefined): BackendFeature {
  return createBackendPlugin({
    pluginId,
    register(env) {
      env.registerInit({
        deps: { http: coreServices.httpRouter, clients: clientsServiceRef },
        async init({ http, clients }) {
          const goOn = async ({ request, requestId, credentials, signal }: HandlerContext): Promise<unknown> => {
            stations.push({ pluginId, requestId, left: Number(request.headers['x-request-timeout-ms']) });
            if (next !== undefined) {
              return { status: 200, body: (await clients.connect(next).call(CALLED, {}, { credentials })).body };
            }
            if (!isAnswering) {
              aborted = new Promise((resolve) => signal.addEventListener('abort', () => resolve(signal.reason)));
              throw await aborted;
            }
            return { status: 200, body: 'here' };
          };
          http.serve(createRoutes({ operations: [SERVED], document: () => ({}) }, { goOn }));
        },
      });
    },
  });
}

async function ask(headers: Record<string, string> = {}): Promise<{ status: number; body: unknown }> {
  stations = [];
  return backend.agent.get('/api/first/on').set(headers);
}

describe('A chain of calls', () => {
  it('has one deadline, which gets no longer, and one request id', async () => {
    isAnswering = true;
    expect(await ask({ 'X-Request-Timeout-Ms': '20000', 'X-Request-Id': 'chain-1' })).toMatchObject({ status: 200 });
    expect(stations.map(({ pluginId, requestId }) => [pluginId, requestId])).toEqual([
      ['first', 'chain-1'],
      ['second', 'chain-1'],
      ['third', 'chain-1'],
    ]);
    const [first, second, third] = stations.map(({ left }) => left);
    expect(first).toBe(20_000);
    expect(second).toBeLessThanOrEqual(first!);
    expect(third).toBeLessThanOrEqual(second!);
    expect(third).toBeGreaterThan(0);
  });

  it('ends for all when the first caller waits no longer', async () => {
    isAnswering = false;
    // Long enough for the last plugin to be asked, on a busy machine, too.
    expect(await ask({ 'X-Request-Timeout-Ms': '1000' })).toMatchObject({ status: 504 });
    expect(await aborted).toMatchObject({ code: expect.stringMatching(/^ERR_HTTP_(DEADLINE|CLIENT_GONE)$/) });
  });

  it('can be asked for by others, however many were in a hurry', async () => {
    isAnswering = false;
    await Promise.all(Array.from({ length: 30 }, () => ask({ 'X-Request-Timeout-Ms': '20' })));
    isAnswering = true;
    expect(await ask()).toMatchObject({ status: 200, body: 'here' });
  });
});
