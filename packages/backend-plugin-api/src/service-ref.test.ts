import { describe, expect, it } from '@jest/globals';
import { coreServices } from './core-services.ts';
import { createServiceFactory, type ServiceFactory } from './service-factory.ts';
import { createServiceRef, type ServiceRef } from './service-ref.ts';

describe('createServiceRef', () => {
  it('makes a plugin-scoped singleton unless told otherwise', () => {
    const ref = createServiceRef<number>({ id: 'todo.client' });
    expect(ref).toMatchObject({
      $$type: '@bulkhead/ServiceRef',
      id: 'todo.client',
      scope: 'plugin',
      multiton: false,
      T: null,
    });
    expect(ref).not.toHaveProperty('defaultFactory');
    expect(String(ref)).toBe('serviceRef{todo.client}');
  });

  it('keeps scope, multiton and default factory', async () => {
    expect(createServiceRef({ id: 'a', scope: 'root', multiton: true })).toMatchObject({
      scope: 'root',
      multiton: true,
    });
    const ref = createServiceRef<number>({ id: 'a', defaultFactory: async (given) => makeOne(given) });
    expect((await ref.defaultFactory!(ref)).service).toBe(ref);
  });

  it.each(['', 'a..b', '.a', '1a', 'a b', 7])('refuses the id %p', (id) => {
    expect(() => createServiceRef({ id: id as string })).toThrow(
      expect.objectContaining({ code: 'ERR_PLUGIN_API_INVALID_ID' }),
    );
  });
});

describe('coreServices', () => {
  const OTHER_IDS: Readonly<Record<string, string>> = {
    actions: 'alpha.core.actions',
    actionsRegistry: 'alpha.core.actionsRegistry',
    events: 'events.service',
    metrics: 'alpha.core.metrics',
    tracing: 'alpha.core.tracing',
  };

  it.each(Object.entries(coreServices))(
    '%s has its name as id, or the one that published plugins ask for',
    (name, ref) => {
      expect(ref.id).toBe(OTHER_IDS[name] ?? `core.${name}`);
      expect(ref.scope).toBe(name.startsWith('root') ? 'root' : 'plugin');
    },
  );
});

function makeOne(ref: ServiceRef<number, 'plugin'>): ServiceFactory<number, 'plugin'> {
  return createServiceFactory({ service: ref, deps: {}, factory: () => 1 });
}
