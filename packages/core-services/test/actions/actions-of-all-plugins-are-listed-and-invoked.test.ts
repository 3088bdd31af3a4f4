import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  coreServices,
  createBackendPlugin,
  type ActionsService,
  type BackendFeature,
  type Credentials,
} from '@bulkhead/backend-plugin-api';
import { mockCredentials, startTestBackend, type TestBackend } from '@bulkhead/backend-test-utils';
import { describeActionsService } from '@bulkhead/backend-test-utils/contracts';
import type { JsonObject } from '@bulkhead/types';

const ADA = mockCredentials.user('user:default/ada');

/** The credentials with which the action was invoked. */
const callers: Credentials[] = [];

const todoPlugin = createBackendPlugin({
  pluginId: 'todo',
  register(env) {
    env.registerInit({
      deps: { registry: coreServices.actionsRegistry },
      async init({ registry }) {
        registry.register({
          name: 'echo',
          title: 'Echo',
          description: 'Returns its input',
          schema: {
            input: (zod) => zod.object({ text: zod.string() }),
            output: (zod) => zod.object({ text: zod.string() }),
          },
          async action({ input, credentials }) {
            callers.push(credentials);
            return { output: input };
          },
        });
      },
    });
  },
});

function callerPlugin(give: (actions: ActionsService) => void): BackendFeature {
  return createBackendPlugin({
    pluginId: 'caller',
    register(env) {
      env.registerInit({ deps: { actions: coreServices.actions }, init: async ({ actions }) => give(actions) });
    },
  });
}

interface Caller {
  readonly backend: TestBackend;
  readonly actions: ActionsService;
}

async function startCaller(config: JsonObject, features: readonly BackendFeature[] = [todoPlugin]): Promise<Caller> {
  let actions: ActionsService | undefined;
  const caller = callerPlugin((given) => {
    actions = given;
  });
  const backend = await startTestBackend({ features: [caller, ...features], config });
  return { backend, actions: actions! };
}

describeActionsService('DefaultActionsService', async () => {
  const { backend, actions } = await startCaller({ backend: { actions: { pluginSources: ['todo'] } } });
  return { service: actions, user: ADA, dispose: () => backend.stop() };
});

describe('actions', () => {
  let caller: Caller;
  let server: ReturnType<typeof createServer>;
  let answer: RequestListener;
  let url: string;
  const credentials = ADA;

  beforeAll(async () => {
    server = createServer((req, res) => answer(req, res));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/{{pluginId}}`;
    caller = await startCallerOfCatalog({ retries: 0, breaker: { failures: 0 } });
  });

  function startCallerOfCatalog(clients: JsonObject): Promise<Caller> {
    return startCaller({
      discovery: { endpoints: [{ target: url, plugins: ['catalog'] }] },
      backend: { actions: { pluginSources: ['catalog', 'gone', 'todo'] }, clients },
    });
  }

  beforeEach(() => void callers.splice(0));
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const attributes = { destructive: false, idempotent: true, readOnly: true };
  const remote = { id: 'catalog:get', pluginId: 'catalog', name: 'get', attributes, schema: { input: {}, output: {} } };
  const json = (body: unknown, status = 200): RequestListener => {
    return (_req, res) => {
      res.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
      res.end(JSON.stringify(body));
    };
  };
  const ids = async (of = caller) => (await of.actions.list({ credentials })).actions.map(({ id }) => id);
  const warningsOf = ({ backend }: Caller) =>
    backend.logs.lines
      .filter(({ level }) => level === 'warn')
      .map(({ message, pluginId }) => [message, pluginId] as const);
  const aboutCatalog = expect.arrayContaining([[expect.stringContaining("'catalog'"), 'caller']]);

  it('are those of all plugins, in the order of the configuration', async () => {
    const seen: unknown[] = [];
    answer = (req, res) => {
      seen.push(req.method, req.url, req.headers.authorization?.slice(0, 7));
      json({ actions: [{ ...remote, more: 1 }] })(req, res);
    };
    const { actions } = await caller.actions.list({ credentials });
    expect(actions.map(({ id }) => id)).toEqual(['catalog:get', 'todo:echo']);
    expect(actions[0]).toEqual({ ...remote, more: 1 });
    expect(seen).toEqual(['GET', '/api/catalog/.backstage/actions/v1/actions', 'Bearer ']);
  });

  it.each<[string, RequestListener]>([
    ['no list', json({})],
    ['a list of something else', json({ actions: [remote, null] })],
    ['an action without an id', json({ actions: [{ ...remote, id: undefined }] })],
    ['an action without attributes', json({ actions: [{ ...remote, attributes: undefined }] })],
    ['nothing', json(null)],
    ['an error', json({ error: { name: 'NotAllowedError', message: 'No' } }, 403)],
    ['a page', (_req, res) => void res.end('<html>')],
    ['half of it', (_req, res) => void res.writeHead(200, { 'content-type': 'application/json' }).end('{"actions":[')],
    ['a broken connection', (req) => void req.socket.destroy()],
  ])('are those of the other plugins when one answers with %s', async (_what, listener) => {
    answer = listener;
    caller.backend.logs.clearLines();
    expect(await ids()).toEqual(['todo:echo']);
    expect(warningsOf(caller)).toEqual(aboutCatalog);
  });

  it('are those of the other plugins when one does not answer in time', async () => {
    answer = () => undefined;
    const hurried = await startCallerOfCatalog({ plugins: { catalog: { timeout: '100ms' } } });
    expect(await ids(hurried)).toEqual(['todo:echo']);
    expect(warningsOf(hurried)).toEqual(aboutCatalog);
  });

  it('are listed as the configuration says at that moment', async () => {
    answer = json({ actions: [remote] });
    const filter = { include: [{ id: 'todo:*' }] };
    caller.backend.updateConfig({
      discovery: { endpoints: [{ target: url, plugins: ['catalog'] }] },
      backend: { actions: { pluginSources: ['catalog', 'todo'], filter } },
    });
    expect(await ids()).toEqual(['todo:echo']);
    caller.backend.updateConfig({});
    expect(await ids()).toEqual([]);
  });

  it('are invoked on behalf of the caller, whether they are listed or not', async () => {
    const { output } = await caller.actions.invoke({ id: 'todo:echo', input: { text: 'x' }, credentials });
    expect(output).toEqual({ text: 'x' });
    expect(callers[0]!.principal).toEqual({
      type: 'user',
      userEntityRef: 'user:default/ada',
      actor: { type: 'service', subject: 'plugin:caller' },
    });
    const own = mockCredentials.service();
    await caller.actions.invoke({ id: 'todo:echo', input: { text: 'x' }, credentials: own });
    expect(callers[1]!.principal).toEqual({ type: 'service', subject: 'plugin:caller' });
  });

  it('answer with their errors', async () => {
    const invoked = caller.actions.invoke({ id: 'todo:echo', input: { text: 1 }, credentials });
    await expect(invoked).rejects.toMatchObject({
      name: 'InputError',
      code: 'ERR_ACTIONS_REGISTRY_INPUT',
      violations: [{ pointer: '/input/text', message: expect.any(String) }],
    });
  });

  it.each(['echo', '', ':echo'])('have ids that name a plugin, unlike %j', async (id) => {
    await expect(caller.actions.invoke({ id, credentials })).rejects.toMatchObject({
      code: 'ERR_ACTIONS_ID',
      statusCode: 400,
    });
  });

  it('are not invoked for nobody', async () => {
    const invoked = caller.actions.invoke({
      id: 'todo:echo',
      input: { text: 'x' },
      credentials: mockCredentials.none(),
    });
    await expect(invoked).rejects.toMatchObject({ code: expect.stringMatching(/^ERR_/) });
    expect(callers).toEqual([]);
  });
});

describe('actions in another process', () => {
  it('get secrets only where they take some', async () => {
    const seen: unknown[] = [];
    const server = createServer((req, res) => {
      let body = '';
      req.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      req.on('end', () => {
        seen.push([req.method, req.url, body]);
        res.setHeader('content-type', 'application/json').end(seen.length < 4 ? '{"output":[1]}' : '[]');
      });
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const target = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/catalog`;
    const { actions } = await startCaller({ discovery: { endpoints: [{ target, plugins: ['catalog'] }] } });
    const id = 'catalog:get';
    const input = { a: 1 };
    expect(await actions.invoke({ id, input, credentials: ADA })).toEqual({ output: [1] });
    await actions.invoke({ id, input, secrets: { token: 'x' }, credentials: ADA });
    await actions.invoke({ id, credentials: ADA });
    await expect(actions.invoke({ id, credentials: ADA })).rejects.toMatchObject({ code: 'ERR_ACTIONS_ANSWER' });
    const path = '/api/catalog/.backstage/actions';
    expect(seen.slice(0, 3)).toEqual([
      ['POST', expect.stringMatching(`^${path}/v1/actions/catalog(:|%3A)get/invoke$`), '{"a":1}'],
      ['POST', expect.stringMatching(`^${path}/v2/actions/`), '{"input":{"a":1},"secrets":{"token":"x"}}'],
      ['POST', expect.stringMatching(`^${path}/v1/actions/`), ''],
    ]);
    server.closeAllConnections();
    server.close();
  });
});

describe('the configuration of actions', () => {
  it.each([{ pluginSources: 'todo' }, { filter: { include: [{ id: 1 }] } }])(
    'is refused at the start: %j',
    async (actions) => {
      await expect(startCaller({ backend: { actions } })).rejects.toThrow(/caller/);
    },
  );
});
