import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  coreServices,
  createBackendPlugin,
  type ActionContext,
  type ActionsRegistryService,
  type BackendFeature,
  type Permission,
} from '@bulkhead/backend-plugin-api';
import { mockCredentials, mockServices, startTestBackend, type TestBackend } from '@bulkhead/backend-test-utils';
import { ConflictError } from '@bulkhead/errors';
import * as z4 from 'zod';

const PATH = '/api/todo/.backstage/actions';
const SECRET: Permission = { type: 'basic', name: 'todo.secret', attributes: {} };
const $schema = 'http://json-schema.org/draft-07/schema#';
const none = { type: 'object', properties: {}, additionalProperties: false, $schema };

/** What actions were given. */
const given: Pick<ActionContext, 'input' | 'secrets' | 'credentials'>[] = [];

function registerActions(registry: ActionsRegistryService): void {
  registry.register({
    name: 'add',
    title: 'Add',
    description: 'Adds a thing to do',
    schema: {
      input: (zod) => zod.object({ text: zod.string().describe('What'), count: zod.number().default(1) }),
      output: (zod) => zod.object({ ids: zod.array(zod.number()) }),
    },
    examples: [{ title: 'Rope', input: { text: 'Buy rope', count: 1 }, output: { ids: [1] } }],
    async action({ input, secrets, credentials, logger }) {
      logger.info(`Adds ${input.text}`);
      given.push({ input, secrets, credentials });
      return { output: { ids: [input.count], left: 'out' } };
    },
  });
  registry.register({
    name: 'push',
    title: 'Push',
    description: 'Pushes to elsewhere',
    attributes: { readOnly: true, idempotent: true },
    schema: {
      input: (zod) => zod.object({}),
      output: (zod) => zod.object({ length: zod.number() }),
      secrets: (zod) => zod.object({ token: zod.string() }),
    },
    action: async ({ secrets }) => ({ output: { length: secrets.token.length } }),
  });
  const text = { title: 'T', description: 'D' };
  const schema = { input: () => z4.object({}), output: () => z4.object({}) } as never;
  registry.register({
    ...text,
    name: 'hidden',
    schema,
    visibilityPermission: SECRET,
    attributes: { destructive: false },
    action: async () => ({ output: {} }),
  });
  registry.register({
    ...text,
    name: 'fails',
    schema,
    async action() {
      throw new ConflictError('It is there', { code: 'ERR_TODO_THERE' });
    },
  });
  registry.register({ ...text, name: 'lies', schema, action: async () => ({ output: 'x' }) as never });
  // As plugins without types do.
  registry.register({
    ...text,
    name: 'bare/odd name',
    schema: undefined as never,
    action: (async () => undefined) as never,
  });
}

const todoPlugin = pluginThat('todo', registerActions);

function pluginThat(pluginId: string, register: (registry: ActionsRegistryService) => void): BackendFeature {
  return createBackendPlugin({
    pluginId,
    register(env) {
      env.registerInit({
        deps: { registry: coreServices.actionsRegistry, http: coreServices.httpRouter },
        async init({ registry, http }) {
          // A handler that answers everything, as that of a front end.
          http.use((_req, res) => void res.json({ from: 'the plugin' }));
          register(registry);
        },
      });
    },
  });
}

let backend: TestBackend;
/** Whether users may see what is hidden. */
let policy: 'ALLOW' | 'DENY';
const permissions = mockServices.permissions({ policy: () => policy });
const invoke = (name: string, body?: unknown, version = 'v1') => {
  const request = backend.agent.post(`${PATH}/${version}/actions/${encodeURIComponent(`todo:${name}`)}/invoke`);
  return body === undefined ? request : request.send(body as object);
};

beforeAll(async () => {
  backend = await startTestBackend({ features: [todoPlugin, pluginThat('idle', () => {})], services: { permissions } });
});
beforeEach(() => {
  policy = 'ALLOW';
  given.splice(0);
  permissions.clearCalls();
});

describe('GET …/v1/actions', () => {
  const list = () => backend.agent.get(`${PATH}/v1/actions`);
  const idsIn = (body: { readonly actions: readonly { readonly id: string }[] }) => body.actions.map(({ id }) => id);

  it('tells all about the actions', async () => {
    const { body } = await list().expect(200);
    expect(body.actions[0]).toEqual({
      id: 'todo:add',
      name: 'add',
      title: 'Add',
      description: 'Adds a thing to do',
      pluginId: 'todo',
      attributes: { destructive: true, idempotent: false, readOnly: false },
      examples: [{ title: 'Rope', input: { text: 'Buy rope', count: 1 }, output: { ids: [1] } }],
      schema: {
        input: {
          type: 'object',
          properties: { text: { type: 'string', description: 'What' }, count: { type: 'number', default: 1 } },
          required: ['text'],
          additionalProperties: false,
          $schema,
        },
        output: {
          type: 'object',
          properties: { ids: { type: 'array', items: { type: 'number' } } },
          required: ['ids'],
          additionalProperties: false,
          $schema,
        },
      },
    });
    expect(body.actions[1]).toMatchObject({
      attributes: { destructive: false, idempotent: true, readOnly: true },
      schema: { input: none, secrets: { type: 'object', required: ['token'] } },
    });
    expect(body.actions[2].attributes).toEqual({ destructive: false, idempotent: false, readOnly: false });
    expect(body.actions[5].schema).toEqual({ input: none, output: none });
  });

  it('leaves out what the caller may not see', async () => {
    const all = idsIn((await list().expect(200)).body);
    expect(all).toEqual(['add', 'push', 'hidden', 'fails', 'lies', 'bare/odd name'].map((name) => `todo:${name}`));
    expect(permissions.callsTo('authorize').map(([requests]) => requests)).toEqual([[{ permission: SECRET }]]);
    policy = 'DENY';
    expect(idsIn((await list().expect(200)).body)).toEqual(all.filter((id) => id !== 'todo:hidden'));
  });

  it('is empty, and not the business of the plugin, where nothing was registered', async () => {
    await backend.agent.get('/api/idle/.backstage/actions/v1/actions').expect(200, { actions: [] });
  });

  it('needs credentials, and no others than any path of the plugin', async () => {
    await backend.anonymous.get(`${PATH}/v1/actions`).expect(401);
    await backend.as(mockCredentials.service()).get(`${PATH}/v1/actions`).expect(200);
  });

  it('has the permission among those of the plugin', async () => {
    const path = '/api/todo/.well-known/backstage/permissions/metadata';
    const { body } = await backend.as(mockCredentials.service()).get(path).expect(200);
    expect(body.permissions).toEqual([SECRET]);
  });

  it('leaves all other paths to the plugin', async () => {
    for (const path of ['/', '/.backstage/actionsX', '/.backstage/actions/v3/actions']) {
      await backend.agent.get(`/api/todo${path}`).expect(200, { from: 'the plugin' });
    }
    const { headers } = await backend.agent.post(`${PATH}/v1/actions`).expect(405);
    expect(headers.allow).toBe('GET, HEAD');
    await backend.agent.get(`${PATH}/v2/actions/todo:add/invoke`).expect(405);
  });
});

describe('POST …/invoke', () => {
  it('hands the action what its schema makes of the input, and back what its schema makes of the output', async () => {
    await invoke('add', { text: 'Buy rope', other: true }).expect(200, { output: { ids: [1] } });
    expect(given[0]).toMatchObject({ input: { text: 'Buy rope', count: 1 }, secrets: undefined });
    expect(given[0]!.credentials.principal).toEqual({ type: 'user', userEntityRef: 'user:default/mock' });
    expect(backend.logs.lines).toContainEqual(expect.objectContaining({ message: 'Adds Buy rope', pluginId: 'todo' }));
    await invoke('add', { input: { text: 'x', count: 2 } }, 'v2').expect(200, { output: { ids: [2] } });
  });

  it('takes the id with and without its colon encoded', async () => {
    await backend.agent.post(`${PATH}/v1/actions/todo:add/invoke`).send({ text: 'x' }).expect(200);
    await invoke('bare/odd name').expect(200, {});
  });

  it('keeps secrets apart', async () => {
    await invoke('push', { input: {}, secrets: { token: 'abc' } }, 'v2').expect(200, { output: { length: 3 } });
    const { body } = await invoke('push', { input: {}, secrets: { token: 123_456 } }, 'v2').expect(400);
    expect(body.error).toMatchObject({
      code: 'ERR_ACTIONS_REGISTRY_SECRETS',
      violations: [{ pointer: '/secrets/token', message: expect.any(String) }],
    });
    expect(JSON.stringify(body)).not.toContain('123456');
  });

  it.each<[string, string, unknown, string]>([
    ['needs secrets', 'push', {}, 'v1'],
    ['needs secrets', 'push', { input: {} }, 'v2'],
    ['takes no secrets', 'add', { input: { text: 'x' }, secrets: { token: 'abc' } }, 'v2'],
  ])('says of an action that it %s (%s, %j, %s)', async (what, name, body, version) => {
    const { body: answer } = await invoke(name, body, version).expect(400);
    expect(answer.error).toMatchObject({
      name: 'InputError',
      code: 'ERR_ACTIONS_REGISTRY_SECRETS',
      message: expect.stringContaining(what),
    });
    expect(given).toEqual([]);
  });

  it.each<[unknown, string]>([
    [{ text: 1, count: 'x' }, '/input/text /input/count'],
    [undefined, '/input/text'],
    [[], '/input'],
  ])('says what is wrong with the input: %j', async (input, pointers) => {
    const { body } = await invoke('add', input).expect(400);
    expect(body.error).toMatchObject({ name: 'InputError', code: 'ERR_ACTIONS_REGISTRY_INPUT' });
    expect(body.error.message).toMatch(/^The input does not fit the action 'todo:add': \w/);
    expect(body.error.violations.map(({ pointer }: { readonly pointer: string }) => pointer).join(' ')).toBe(pointers);
    expect(given).toEqual([]);
  });

  it('names the first few faults in the message, for those who see nothing else', async () => {
    const registry = mockServices.actionsRegistry({ pluginId: 'todo' });
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    registry.register({
      name: 'many',
      title: 'T',
      description: 'D',
      schema: {
        input: (zod) => zod.object(Object.fromEntries(names.map((name) => [name, zod.string()]))),
        output: (zod) => zod.object({}),
      },
      action: async () => ({ output: {} }),
    });
    const faults = names.slice(0, 5).map((name) => `${name}: Required`);
    await expect(registry.invoke({ id: 'todo:many', input: {} })).rejects.toThrow(
      `The input does not fit the action 'todo:many': ${faults.join('; ')}; and 2 more`,
    );
  });

  it('does not take for input what is no JSON', async () => {
    await invoke('add').type('json').send('{').expect(400);
    await invoke('add').type('text').send('{"text":"x"}').expect(400);
    await invoke('add').type('json').set('content-encoding', 'gzip').send('x').expect(415);
  });

  it('says that the output is wrong, to the caller and to the log', async () => {
    const { body } = await invoke('lies', {}).expect(400);
    expect(body.error).toMatchObject({ name: 'InputError', code: 'ERR_ACTIONS_REGISTRY_OUTPUT' });
    expect(backend.logs.messages('error')).toContainEqual(expect.stringContaining("'todo:lies'"));
  });

  it('answers with the error of the action', async () => {
    const { body } = await invoke('fails', {}).expect(409);
    expect(body.error).toMatchObject({ name: 'ConflictError', code: 'ERR_TODO_THERE' });
  });

  it('does not tell what is hidden from what is not there', async () => {
    await invoke('hidden', {}).expect(200);
    policy = 'DENY';
    const [hidden, missing] = await Promise.all([invoke('hidden', {}).expect(404), invoke('hiddem', {}).expect(404)]);
    expect(hidden.body.error).toEqual({
      ...missing.body.error,
      message: missing.body.error.message.replace('hiddem', 'hidden'),
    });
    expect(hidden.body.error.code).toBe('ERR_ACTIONS_REGISTRY_UNKNOWN');
  });

  it('is not for nobody, also where the plugin is open', async () => {
    await backend.anonymous.post(`${PATH}/v1/actions/todo:add/invoke`).send({ text: 'x' }).expect(401);
    const open = await startTestBackend({
      features: [todoPlugin],
      config: { backend: { auth: { dangerouslyDisableDefaultAuthPolicy: true } } },
    });
    const { body } = await open.anonymous.post(`${PATH}/v1/actions/todo:add/invoke`).send({ text: 'x' }).expect(403);
    expect(body.error.code).toBe('ERR_ACTIONS_REGISTRY_ANONYMOUS');
    await open.anonymous.get(`${PATH}/v1/actions`).expect(200);
  });
});

describe('registering', () => {
  it('takes each name once', async () => {
    const twice = pluginThat('todo', (registry) => {
      registerActions(registry);
      registerActions(registry);
    });
    await expect(startTestBackend({ features: [twice] })).rejects.toThrow(/todo/);
    const registry = mockServices.actionsRegistry({ pluginId: 'todo' });
    registerActions(registry);
    expect(() => registerActions(registry)).toThrow(
      expect.objectContaining({ code: 'ERR_ACTIONS_REGISTRY_DUPLICATE', message: expect.stringContaining('todo:add') }),
    );
  });
});
