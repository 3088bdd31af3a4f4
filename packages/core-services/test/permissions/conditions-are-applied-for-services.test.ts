import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { coreServices, createBackendPlugin, type PermissionRule } from '@bulkhead/backend-plugin-api';
import { mockCredentials, mockServices, startTestBackend, type TestBackend } from '@bulkhead/backend-test-utils';
import { permissionsRegistryServiceFactory } from '@bulkhead/core-services/permissions-registry';

interface Todo {
  readonly owner: string;
}

const PATH = '/api/todo/.well-known/backstage/permissions';
const TODOS: Readonly<Record<string, Todo>> = { '1': { owner: 'ada' }, '2': { owner: 'bob' } };

const isOwner: PermissionRule<Todo, object> = {
  name: 'IS_OWNER',
  description: 'Whose it is',
  paramsSchema: {
    safeParse: (params: { readonly owner?: unknown }) => ({ success: typeof params.owner === 'string' }),
  },
  apply: ({ owner }, params) => owner === (params as { readonly owner: string }).owner,
  toQuery: () => ({}),
};
const isAny: PermissionRule = { name: 'IS_ANY', description: 'All', apply: () => true, toQuery: () => ({}) };
const isTruthy = { ...isAny, name: 'IS_TRUTHY', apply: ({ owner }: Todo) => owner.indexOf('a') === 0 || undefined };
const isLater = { ...isAny, name: 'IS_LATER', apply: async () => false } as unknown as PermissionRule;

/** The refs with which the plugin was asked for resources. */
const loaded: string[][] = [];

const todoPlugin = createBackendPlugin({
  pluginId: 'todo',
  register(env) {
    env.registerInit({
      deps: { registry: coreServices.permissionsRegistry, http: coreServices.httpRouter },
      async init({ registry, http }) {
        // A handler that answers everything, as that of a front end.
        http.use((_req, res) => void res.json({ from: 'the plugin' }));
        registry.addPermissions([{ type: 'basic', name: 'todo.create', attributes: { action: 'create' } }]);
        registry.addResourceType({
          resourceRef: { pluginId: 'todo', resourceType: 'todo' },
          permissions: [{ type: 'resource', name: 'todo.read', attributes: { action: 'read' }, resourceType: 'todo' }],
          rules: [isOwner, isAny, isTruthy as unknown as PermissionRule, isLater],
          getResources: async (refs) => {
            loaded.push(refs);
            return refs.map((ref) => TODOS[ref]);
          },
        });
        registry.addResourceType({ resourceRef: { pluginId: 'todo', resourceType: 'list' }, rules: [isAny] });
      },
    });
  },
});

let backend: TestBackend;
const policy = () => backend.as(mockCredentials.service('plugin:permission'));
const apply = (items: unknown) => policy().post(`${PATH}/apply-conditions`).send({ items });
const any = (name = 'IS_ANY', resourceType = 'todo') => ({ rule: name, resourceType });
const ownedBy = (owner: unknown) => ({ ...any('IS_OWNER'), params: { owner } });
const question = (conditions: unknown, resourceRef: unknown = '1', resourceType = 'todo') => ({
  id: 'q',
  resourceType,
  resourceRef,
  conditions,
});

beforeAll(async () => {
  backend = await startTestBackend({ features: [todoPlugin, permissionsRegistryServiceFactory] });
});
beforeEach(() => void loaded.splice(0));

describe('GET …/metadata', () => {
  it('tells permissions and rules', async () => {
    const { body } = await policy().get(`${PATH}/metadata`).expect(200);
    expect(body.permissions.map(({ name }: { readonly name: string }) => name)).toEqual(['todo.create', 'todo.read']);
    expect(body.rules).toHaveLength(5);
    expect(body.rules[0]).toEqual({
      name: 'IS_OWNER',
      description: 'Whose it is',
      resourceType: 'todo',
      paramsSchema: expect.objectContaining({ type: 'object' }),
    });
  });

  it('leaves all other paths to the plugin', async () => {
    for (const path of ['/', '/metadata', '/.well-known/backstage/permissionsX']) {
      await policy().get(`/api/todo${path}`).expect(200, { from: 'the plugin' });
    }
    await policy().get(`${PATH}/other`).expect(200, { from: 'the plugin' });
  });
});

describe('permission requests', () => {
  const requests: [string, () => ReturnType<typeof apply>][] = [
    ['GET', () => backend.anonymous.get(`${PATH}/metadata`)],
    ['POST', () => backend.anonymous.post(`${PATH}/apply-conditions`).send({ items: [] })],
  ];

  it.each(requests)('need credentials (%s)', async (_method, send) => {
    await send().expect(401);
  });

  it('tell users what can be decided about', async () => {
    await backend.agent.get(`${PATH}/metadata`).expect(200);
  });

  it('are not for users, as far as conditions go', async () => {
    const { body } = await backend.agent.post(`${PATH}/apply-conditions`).send({ items: [] }).expect(403);
    expect(body.error.code).toBe('ERR_PERMISSIONS_REGISTRY_CALLER');
  });

  it.each(requests)('are for users through a service (%s)', async (_method, send) => {
    const user = mockCredentials.user();
    const auth = mockServices.auth({ pluginId: 'permission' });
    const { token } = await auth.getPluginRequestToken({ onBehalfOf: user, targetPluginId: 'todo' });
    await send().set('authorization', `Bearer ${token}`).expect(200);
  });

  it('are not for services that are restricted to certain permissions, as far as conditions go', async () => {
    const send = requests[1]![1];
    const restrict = (accessRestrictions: object) =>
      mockCredentials.service('external:ci', { accessRestrictions }).header;
    await send()
      .set('authorization', restrict({ permissionNames: ['todo.read'] }))
      .expect(403);
    await send()
      .set('authorization', restrict({ permissionAttributes: { action: ['read'] } }))
      .expect(403);
    await send().set('authorization', restrict({})).expect(200);
  });

  it('have one method each', async () => {
    const posted = await policy().post(`${PATH}/metadata`).expect(405);
    expect(posted.headers.allow).toBe('GET, HEAD');
    const got = await policy().get(`${PATH}/apply-conditions`).expect(405);
    expect([got.headers.allow, got.body.error.code]).toEqual(['POST', 'ERR_HTTP_WRONG_METHOD']);
  });
});

describe('POST …/apply-conditions', () => {
  it.each([
    ['ALLOW', any()],
    ['ALLOW', ownedBy('ada')],
    ['DENY', ownedBy('bob')],
    ['DENY', { not: any() }],
    ['ALLOW', { not: ownedBy('bob') }],
    ['ALLOW', { anyOf: [ownedBy('bob'), ownedBy('ada')] }],
    ['DENY', { anyOf: [ownedBy('bob'), ownedBy('eve')] }],
    ['ALLOW', { allOf: [any(), { not: { allOf: [any(), ownedBy('bob')] } }] }],
    ['DENY', { allOf: [any(), ownedBy('bob')] }],
    ['ALLOW', any('IS_TRUTHY')],
    ['DENY', { not: any('IS_TRUTHY') }],
  ])('answers %s to %j', async (result, conditions) => {
    await apply([question(conditions)]).expect(200, { items: [{ id: 'q', result }] });
  });

  it('denies what does not exist, also to a `not`', async () => {
    const items = [question(any(), '9'), question({ not: ownedBy('ada') }, '9'), question(any(), 'constructor')];
    const { body } = await apply(items).expect(200);
    expect(body.items.map(({ result }: { readonly result: string }) => result)).toEqual(['DENY', 'DENY', 'ALLOW']);
  });

  it('loads resources of one kind together, each once', async () => {
    const items = [question(ownedBy('ada')), question(ownedBy('ada'), ['2', '1', '9']), question(any(), '2')];
    const { body } = await apply(items).expect(200);
    expect(body.items.map(({ result }: { readonly result: unknown }) => result)).toEqual([
      'ALLOW',
      ['DENY', 'ALLOW', 'DENY'],
      'ALLOW',
    ]);
    expect(loaded).toEqual([['1', '2', '9']]);
    await apply([]).expect(200, { items: [] });
    expect(loaded).toHaveLength(1);
  });

  it.each<[string, unknown]>([
    ['items must be a list', undefined],
    ['items must be a list', { '0': question(any()) }],
    ['items[0].id must be a string', [null]],
    ['items[0].resourceType must be a resource type of this plugin', [question(any(), '1', 'other')]],
    [
      'items[1].resourceRef must be a string, or a list of strings that is not empty',
      [question(any()), question(any(), [])],
    ],
    ['items[0].resourceRef must be a string, or a list of strings that is not empty', [question(any(), [1])]],
    ['items[0].conditions must have exactly one of allOf, anyOf, not, rule', [question(undefined)]],
    ['items[0].conditions must have exactly one of allOf, anyOf, not, rule', [question([any()])]],
    ['items[0].conditions must have exactly one of allOf, anyOf, not, rule', [question({ ...any(), not: any() })]],
    ['items[0].conditions.anyOf must be a list that is not empty', [question({ anyOf: [] })]],
    ['items[0].conditions.not.allOf must be a list that is not empty', [question({ not: { allOf: any() } })]],
    ["items[0].conditions.allOf[1].rule must be a rule for 'todo'", [question({ allOf: [any(), any('IS_NOBODY')] })]],
    ["items[0].conditions.resourceType must be 'todo'", [question(any('IS_ANY', 'list'))]],
    ['items[0].conditions.params must be an object', [question({ ...any(), params: ['ada'] })]],
    ["items[0].conditions.params do not fit the parameters of the rule 'IS_OWNER'", [question(ownedBy(1))]],
  ])('says what it does not understand: %s', async (message, items) => {
    const { body } = await apply(items).expect(400);
    expect(body.error).toMatchObject({ name: 'InputError', code: 'ERR_PERMISSIONS_REGISTRY_REQUEST', message });
    expect(loaded).toEqual([]);
  });

  it('is not impressed by endless nesting', async () => {
    const nested = (depth: number) => '{"not":'.repeat(depth) + JSON.stringify(any()) + '}'.repeat(depth);
    const send = (depth: number) =>
      policy()
        .post(`${PATH}/apply-conditions`)
        .type('json')
        .send(`{"items":[{"id":"q","resourceType":"todo","resourceRef":"1","conditions":${nested(depth)}}]}`);
    await send(50).expect(200, { items: [{ id: 'q', result: 'ALLOW' }] });
    const { body } = await send(5_000).expect(400);
    expect(body.error.message).toMatch(/nested more than 50 times$/);
  });

  it('takes JSON only, and nothing that has to be unpacked', async () => {
    const post = () => policy().post(`${PATH}/apply-conditions`);
    await post().type('json').send('{').expect(400);
    await post().type('text').send('{}').expect(400);
    await post().type('json').set('content-encoding', 'gzip').send('x').expect(415);
  });

  it('says so when the plugin does not load such resources', async () => {
    const { body } = await apply([question(any('IS_ANY', 'list'), '1', 'list')]).expect(501);
    expect(body.error.code).toBe('ERR_PERMISSIONS_REGISTRY_NO_RESOURCES');
  });

  it('does not take a promise for an answer', async () => {
    for (const conditions of [any('IS_LATER'), { not: any('IS_LATER') }])
      await apply([question(conditions)]).expect(500);
    expect(JSON.stringify(backend.logs.lines)).toContain('ERR_PERMISSIONS_REGISTRY_ANSWER');
  });
});
