import { describe, expect, it } from '@jest/globals';
import type { Permission, PermissionRequest } from '@bulkhead/backend-plugin-api';
import { mockCredentials } from '@bulkhead/backend-test-utils';
import { NotFoundError } from '@bulkhead/errors';
import type { CallOptions } from '@bulkhead/openapi/client';
import { PermissionClient } from './permission-client.ts';
import type { Question } from './questions.ts';

const LIST: Permission = { type: 'basic', name: 'todo.list', attributes: { action: 'read' } };
const READ: Permission = { type: 'resource', name: 'todo.read', attributes: {}, resourceType: 'todo' };
const WRITE: Permission = { ...READ, name: 'todo.write' };
const credentials = mockCredentials.user();

interface Given {
  readonly batches?: boolean;
  /** The answers to what is asked. */
  readonly answer: (items: readonly Question[]) => unknown;
}

function createClient({ batches = false, answer }: Given) {
  const asked: { readonly items: readonly Question[]; readonly options: CallOptions | undefined }[] = [];
  const client = new PermissionClient({
    batches,
    connect: () => ({
      async call(_operation, { body }, options) {
        const { items } = JSON.parse(JSON.stringify(body)) as { readonly items: readonly Question[] };
        asked.push({ items, options });
        return { status: 200, headers: {}, body: await answer(items) };
      },
    }),
  });
  return { client, asked };
}

/** Allows what is in the list, and asks for conditions about what is named so. */
function decide(allowed: readonly string[]): Given['answer'] {
  const resultOf = (ref: string): string => (allowed.includes(ref) ? 'ALLOW' : 'DENY');
  return (items) => ({
    items: items
      .map(({ id, permission, resourceRef }) => ({
        id,
        result: Array.isArray(resourceRef)
          ? resourceRef.map(resultOf)
          : resultOf((resourceRef as string) ?? permission.name),
      }))
      .reverse(),
  });
}

describe.each([true, false])('authorize (batches: %s)', (batches) => {
  const requests: PermissionRequest[] = [
    { permission: READ, resourceRef: '1' },
    { permission: LIST },
    { permission: READ, resourceRef: '2' },
    { permission: { ...READ }, resourceRef: '1' },
    { permission: WRITE, resourceRef: '2' },
    { permission: READ, resourceRef: '3' },
  ];

  it('gives each request its own answer, in order', async () => {
    const { client, asked } = createClient({ batches, answer: decide(['1', '3', 'todo.list']) });
    const decisions = await client.authorize(requests, { credentials });
    expect(decisions.map(({ result }) => result)).toEqual(['ALLOW', 'ALLOW', 'DENY', 'ALLOW', 'DENY', 'ALLOW']);
    expect(asked).toHaveLength(1);
    expect(asked[0]!.options).toEqual({ credentials });
    expect(asked[0]!.items).toEqual(
      batches
        ? [
            { id: '0', permission: READ, resourceRef: ['1', '2', '3'] },
            { id: '1', permission: LIST },
            { id: '2', permission: WRITE, resourceRef: ['2'] },
          ]
        : requests.map((request, index) => ({ ...request, id: String(index) })),
    );
  });

  it('asks nobody about nothing', async () => {
    const { client, asked } = createClient({ batches, answer: () => undefined });
    expect(await client.authorize([], { credentials })).toEqual([]);
    expect(asked).toEqual([]);
  });

  it('takes one answer for all resources that were asked about', async () => {
    const answer: Given['answer'] = (items) => ({ items: items.map(({ id }) => ({ id, result: 'ALLOW' })) });
    const { client } = createClient({ batches, answer });
    const decisions = await client.authorize(requests, { credentials });
    expect(decisions).toEqual(requests.map(() => ({ result: 'ALLOW' })));
  });

  it('tells requests without a resource from those with one', async () => {
    const { client, asked } = createClient({ batches, answer: decide(['todo.read']) });
    const decisions = await client.authorize([{ permission: READ, resourceRef: '1' }, { permission: READ }], {
      credentials,
    });
    expect(decisions.map(({ result }) => result)).toEqual(['DENY', 'ALLOW']);
    expect(asked[0]!.items.map(({ resourceRef }) => [resourceRef].flat())).toEqual([['1'], [undefined]]);
  });
});

describe('authorizeConditional', () => {
  const conditional = {
    result: 'CONDITIONAL',
    pluginId: 'todo',
    resourceType: 'todo',
    conditions: {
      allOf: [
        { rule: 'IS_OWNER', resourceType: 'todo', params: {} },
        { not: { anyOf: [{ rule: 'A', resourceType: 'todo' }] } },
      ],
    },
  };

  it('hands conditions over', async () => {
    const { client } = createClient({ answer: () => ({ items: [{ id: '0', ...conditional, other: 1 }] }) });
    expect(await client.authorizeConditional([{ permission: READ }], { credentials })).toEqual([conditional]);
  });

  it('asks about each request, also where others are asked about together', async () => {
    const { client, asked } = createClient({ batches: true, answer: decide([]) });
    const requests = ['1', '2'].map((resourceRef) => ({ permission: READ, resourceRef }));
    await client.authorizeConditional(requests, { credentials });
    expect(asked[0]!.items).toHaveLength(2);
  });

  it.each<[string, unknown]>([
    ['no conditions', undefined],
    ['conditions that are none', []],
    ['an empty list', { allOf: [] }],
    ['a rule without a type', { anyOf: [{ rule: 'A' }] }],
    ['a rule with a list of parameters', { not: { rule: 'A', resourceType: 'todo', params: [] } }],
    ['nothing to negate', { not: null }],
    ['a rule that is no text', { rule: 1, resourceType: 'todo' }],
    [
      'endless conditions',
      JSON.parse(`${'{"not":'.repeat(60)}${JSON.stringify(conditional.conditions)}${'}'.repeat(60)}`),
    ],
  ])('does not take %s', async (_what, conditions) => {
    const { client } = createClient({ answer: () => ({ items: [{ ...conditional, id: '0', conditions }] }) });
    await expect(client.authorizeConditional([{ permission: READ }], { credentials })).rejects.toMatchObject({
      code: 'ERR_PERMISSIONS_ANSWER',
      message: expect.stringContaining('conditions'),
    });
  });
});

describe('an answer that cannot be used', () => {
  const allow = (id: unknown) => ({ id, result: 'ALLOW' });

  it.each<[string, unknown]>([
    ['is nothing', undefined],
    ['is null', null],
    ['is a text', 'ALLOW'],
    ['is a list', [allow('0'), allow('1')]],
    ['has no list', { items: { '0': allow('0') } }],
    ['has nobody', { items: [] }],
    ['has one too few', { items: [allow('0')] }],
    ['has one twice', { items: [allow('0'), allow('0')] }],
    ['has one too many', { items: [allow('0'), allow('1'), allow('2')] }],
    ['has another id', { items: [allow('0'), allow('x')] }],
    ['has an id of another type', { items: [allow(0), allow(1)] }],
    ['has no item', { items: [allow('0'), null] }],
    ['has no result', { items: [allow('0'), { id: '1' }] }],
    ['has an unknown result', { items: [allow('0'), { id: '1', result: 'allow' }] }],
    ['has true for a result', { items: [allow('0'), { id: '1', result: true }] }],
    ['has conditions', { items: [allow('0'), { id: '1', result: 'CONDITIONAL', conditions: {} }] }],
    ['has a list of results for one resource', { items: [allow('0'), { id: '1', result: ['ALLOW'] }] }],
  ])('allows nothing: it %s', async (_what, answer) => {
    const { client } = createClient({ answer: () => answer });
    const requests = [
      { permission: READ, resourceRef: '1' },
      { permission: READ, resourceRef: '2' },
    ];
    await expect(client.authorize(requests, { credentials })).rejects.toMatchObject({
      code: 'ERR_PERMISSIONS_ANSWER',
      statusCode: 502,
    });
  });

  it.each<[unknown]>([[['ALLOW']], [['ALLOW', 'ALLOW', 'ALLOW']], [['ALLOW', 'MAYBE']], [[]]])(
    'allows nothing: its results for two resources are %j',
    async (result) => {
      const { client } = createClient({ batches: true, answer: () => ({ items: [{ id: '0', result }] }) });
      const requests = [
        { permission: READ, resourceRef: '1' },
        { permission: READ, resourceRef: '2' },
      ];
      await expect(client.authorize(requests, { credentials })).rejects.toMatchObject({
        code: 'ERR_PERMISSIONS_ANSWER',
      });
    },
  );
});

describe('PermissionClient', () => {
  const allow: Given['answer'] = (items) => ({ items: items.map(({ id }) => ({ id, result: 'ALLOW' })) });

  it('shows no token for nobody', async () => {
    const { client, asked } = createClient({ answer: allow });
    await client.authorize([{ permission: LIST }], { credentials: mockCredentials.none() });
    await client.authorize([{ permission: LIST }], undefined);
    expect(asked.map(({ options }) => options)).toEqual([{}, {}]);
  });

  it('passes on a token, as plugins that are older than credentials have it', async () => {
    const { client, asked } = createClient({ answer: allow });
    await client.authorize([{ permission: LIST }], { token: 'of-a-user' });
    expect(asked[0]!.options).toEqual({ token: 'of-a-user' });
  });

  it('says so when there is no plugin to ask', async () => {
    const cause = new NotFoundError('There is no plugin', { code: 'ERR_HTTP_UNKNOWN_PLUGIN' });
    const { client } = createClient({ answer: () => Promise.reject(cause) });
    await expect(client.authorize([{ permission: LIST }], { credentials })).rejects.toMatchObject({
      code: 'ERR_PERMISSIONS_NO_POLICY',
      statusCode: 501,
      hint: expect.stringContaining('permission.enabled: false'),
      cause,
    });
  });

  it('passes on what else goes wrong', async () => {
    const { client } = createClient({ answer: () => Promise.reject(new NotFoundError('x')) });
    await expect(client.authorize([{ permission: LIST }], { credentials })).rejects.toThrow(new NotFoundError('x'));
  });
});
