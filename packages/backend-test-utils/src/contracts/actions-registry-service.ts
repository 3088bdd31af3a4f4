import { describe, expect, it } from '@jest/globals';
import type { ActionOptions, ActionsRegistryService, ListedAction } from '@bulkhead/backend-plugin-api';
import { subjectPerTest, type ContractSubject, type CreateSubject } from './subject.ts';

/** A registry, and what others make of it. */
export interface ActionsRegistryServiceSubject extends ContractSubject<ActionsRegistryService> {
  /** The actions that a user may see. */
  list(): Promise<readonly ListedAction[]>;
  /** Invokes an action as a user. */
  invoke(invocation: { readonly id: string; readonly input?: unknown }): Promise<{ readonly output: unknown }>;
}

type Zod = Parameters<ActionOptions['schema']['input']>[0];

const text = { title: 'Add', description: 'Adds up' };
const schema = {
  input: (zod: Zod) => zod.object({ a: zod.number(), b: zod.number().default(1) }),
  output: (zod: Zod) => zod.object({ sum: zod.number() }),
};

/** Contract of {@link ActionsRegistryService}; `create` makes the registry of the plugin `todo`. */
export function describeActionsRegistryService(
  name: string,
  create: CreateSubject<ActionsRegistryServiceSubject>,
): void {
  describe(`${name} as an ActionsRegistryService`, () => {
    const subject = subjectPerTest(create);
    const register = (service: ActionsRegistryService, more: object = {}): void =>
      service.register({
        name: 'add',
        ...text,
        schema,
        action: async ({ input: { a, b } }) => ({ output: { sum: a + b } }),
        ...more,
      });

    it('shows what was registered to others', async () => {
      const { service, list } = subject();
      register(service);
      register(service, { name: 'look', attributes: { readOnly: true, idempotent: true } });
      const [add, look] = await list();
      expect(add).toMatchObject({
        id: 'todo:add',
        pluginId: 'todo',
        name: 'add',
        ...text,
        attributes: { readOnly: false, destructive: true, idempotent: false },
        schema: { input: { type: 'object', required: ['a'] }, output: { type: 'object', required: ['sum'] } },
      });
      expect(look!.attributes).toEqual({ readOnly: true, destructive: false, idempotent: true });
    });

    it('invokes an action with what its schema makes of the input', async () => {
      const { service, invoke } = subject();
      register(service);
      expect(await invoke({ id: 'todo:add', input: { a: 2 } })).toEqual({ output: { sum: 3 } });
    });

    it('refuses input that does not fit, and actions that nobody registered', async () => {
      const { service, invoke } = subject();
      register(service);
      await expect(invoke({ id: 'todo:add', input: { a: 'x' } })).rejects.toMatchObject({ name: 'InputError' });
      await expect(invoke({ id: 'todo:sub', input: {} })).rejects.toMatchObject({ name: 'NotFoundError' });
    });

    it('takes each name once', () => {
      const { service } = subject();
      register(service);
      expect(() => register(service)).toThrow(/todo:add/);
    });
  });
}
