import { describe, expect, it } from '@jest/globals';
import { coreServices, executionContext } from '@bulkhead/backend-plugin-api';
import { mockServices, type CallRecord, type MockService } from '../index.ts';

// The types of all mocks together are too much for a union.
const makers = mockServices as unknown as Record<string, MockService<object, 'plugin', CallRecord<object>, object>>;

describe('every mock', () => {
  const names = Object.keys(mockServices);

  it('stands for one core service, and each core service has one', () => {
    const mocked = Object.values(makers).map((maker) => maker.factory().service.id);
    expect(mocked.sort()).toEqual(
      Object.values(coreServices)
        .map(({ id }) => id)
        .sort(),
    );
  });

  it.each(names)('%s begins with no calls, alone and from its factory', async (name) => {
    const maker = makers[name]!;
    expect(maker().calls).toEqual([]);
    const made = await maker.factory().factory({}, undefined);
    expect(made).toHaveProperty('calls', []);
  });

  it('can be handed out by a factory', async () => {
    const cache = mockServices.cache();
    const made = await mockServices.cache.factory(cache).factory({}, undefined);
    expect(made).toBe(cache);
  });

  it('learns from its factory which plugin it serves', async () => {
    const factory = mockServices.config.factory({ data: {} });
    const config = await executionContext.run({ pluginId: 'todo' }, () => factory.factory({}, undefined));
    expect(() => config.getString('title')).toThrow("'todo.title'");
  });
});
