import type { z } from 'zod/v3';
import type { ActionsRegistryService } from './actions.ts';

declare const registry: ActionsRegistryService;

const text = { name: 'add', title: 'Add', description: 'Adds' };
const schema = {
  input: (zod: typeof z) => zod.object({ text: zod.string(), count: zod.number().default(1) }),
  output: (zod: typeof z) => zod.object({ id: zod.string() }),
};

// An action knows what its schemas say.
registry.register({
  ...text,
  schema,
  examples: [{ title: 'Rope', input: { text: 'Buy rope', count: 1 }, output: { id: '1' } }],
  async action({ input, secrets }) {
    const { text: what, count }: { text: string; count: number } = input;
    const none: undefined = secrets;
    return { output: { id: `${what} ${count} ${none}` } };
  },
});

// Its secrets are typed where it has a schema for them.
registry.register({
  ...text,
  schema: { ...schema, secrets: (zod) => zod.object({ token: zod.string() }) },
  action: async ({ secrets }) => ({ output: { id: secrets.token } }),
});

registry.register({
  ...text,
  schema,
  // @ts-expect-error The schema has no such property.
  action: async ({ input }) => ({ output: { id: input.other } }),
});

registry.register({
  ...text,
  schema,
  // @ts-expect-error The output does not fit its schema.
  action: async () => ({ output: { id: 1 } }),
});

registry.register({
  ...text,
  schema,
  // @ts-expect-error There is no output.
  action: async () => undefined,
});

// @ts-expect-error A schema for the output is missing.
registry.register({ ...text, schema: { input: schema.input }, action: async () => ({ output: {} }) });
