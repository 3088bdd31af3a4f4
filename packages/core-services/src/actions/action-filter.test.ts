import { describe, expect, it } from '@jest/globals';
import type { ListedAction } from '@bulkhead/backend-plugin-api';
import { ConfigReader } from '@bulkhead/config';
import type { JsonObject } from '@bulkhead/types';
import { createActionFilter, readFilterRules } from './action-filter.ts';

function action(id: string, attributes: Partial<ListedAction['attributes']> = {}): ListedAction {
  const all = { destructive: true, idempotent: false, readOnly: false, ...attributes };
  return { id, attributes: all } as ListedAction;
}

const ACTIONS = [
  action('catalog:get-entity', { readOnly: true, destructive: false, idempotent: true }),
  action('catalog:delete-entity'),
  action('scaffolder:delete-task'),
  action('scaffolder:run', { destructive: false }),
];
const READ = { attributes: { readOnly: true } };

function rulesOf(filter: JsonObject | undefined) {
  return readFilterRules(new ConfigReader(filter && { backend: { actions: { filter } } }));
}

describe('the filter of actions', () => {
  it.each<[JsonObject | undefined, string]>([
    [undefined, 'get-entity delete-entity delete-task run'],
    [{}, 'get-entity delete-entity delete-task run'],
    [{ include: [], exclude: [] }, 'get-entity delete-entity delete-task run'],
    [{ include: [{ id: 'catalog:*' }] }, 'get-entity delete-entity'],
    [{ include: [{ id: '{catalog,scaffolder}:*-entity' }] }, 'get-entity delete-entity'],
    [{ include: [{ id: 'catalog:*', attributes: { destructive: false } }] }, 'get-entity'],
    [{ include: [READ, { id: '*:run' }] }, 'get-entity run'],
    [{ include: [{}] }, 'get-entity delete-entity delete-task run'],
    [{ exclude: [{ id: '*:delete-*' }] }, 'get-entity run'],
    [{ exclude: [{ attributes: { destructive: true, idempotent: false } }] }, 'get-entity run'],
    [{ include: [{ id: '*' }, READ], exclude: [READ] }, 'delete-entity delete-task run'],
    [{ include: [{ id: 'catalog' }] }, ''],
  ])('lets through by %j: %s', async (filter, names) => {
    const lets = await createActionFilter(rulesOf(filter));
    expect(
      ACTIONS.filter(lets)
        .map(({ id }) => id.split(':')[1])
        .join(' '),
    ).toBe(names);
  });

  it.each<[JsonObject, string]>([
    [{ include: 'catalog:*' }, 'backend.actions.filter.include'],
    [{ include: [{ id: 1 }] }, 'backend.actions.filter.include[0].id'],
    [{ exclude: [{ attributes: { readOnly: 'perhaps' } }] }, 'backend.actions.filter.exclude[0].attributes.readOnly'],
  ])('refuses %j', (filter, key) => {
    expect(() => rulesOf(filter)).toThrow(
      expect.objectContaining({ code: 'ERR_CONFIG_TYPE', message: expect.stringContaining(key) }),
    );
  });
});

it('names the package that reads patterns if it is missing', async () => {
  const missing = 'not-installed-here';
  const rules = rulesOf({ include: [{ id: 'catalog:*' }] });
  await expect(createActionFilter(rules, () => import(missing))).rejects.toMatchObject({
    code: 'ERR_ACTIONS_PATTERNS',
  });
  await expect(createActionFilter(rulesOf({ include: [READ] }), () => import(missing))).resolves.toBeDefined();
});
