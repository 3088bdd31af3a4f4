import type { ActionInvocation, ActionsService, ListedAction } from '@bulkhead/backend-plugin-api';
import { NotFoundError } from '@bulkhead/errors';
import type { JsonValue, MaybePromise } from '@bulkhead/types';
import { recordCalls, type Recorded } from '../recorded-calls.ts';
import type { MockPluginOptions } from './mock-service.ts';

/** An action of the test's making. What is left out of its description has harmless defaults. */
export interface MockAction extends Partial<Omit<ListedAction, 'id' | 'pluginId' | 'name'>> {
  /** What it does; returns the output. */
  run(invocation: ActionInvocation): MaybePromise<JsonValue>;
}

/** Which actions there are. */
export interface MockActionsOptions extends MockPluginOptions {
  /** By id: `<pluginId>:<name>`. */
  readonly actions?: Readonly<Record<string, MockAction>>;
}

/** An {@link ActionsService} that knows the actions that it is told. */
export type MockActions = Recorded<ActionsService>;

/** @internal */
export function createMockActions({ actions = {} }: MockActionsOptions): MockActions {
  return recordCalls<ActionsService>({
    list: async () => ({ actions: Object.entries(actions).map(([id, action]) => describeAction(id, action)) }),
    async invoke(invocation) {
      const { id } = invocation;
      const action = Object.hasOwn(actions, id) ? actions[id] : undefined;
      if (!action) throw new NotFoundError(`There is no action '${id}'`);
      return { output: await action.run(invocation) };
    },
  });
}

function describeAction(id: string, { run: _run, ...description }: MockAction): ListedAction {
  const [pluginId = '', ...name] = id.split(':');
  return {
    id,
    pluginId,
    name: name.join(':'),
    title: id,
    description: '',
    schema: { input: { type: 'object' }, output: { type: 'object' } },
    attributes: { destructive: true, idempotent: false, readOnly: false },
    ...description,
  };
}
