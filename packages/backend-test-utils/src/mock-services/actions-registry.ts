import type { ActionsRegistryService, Credentials, ListedAction } from '@bulkhead/backend-plugin-api';
import { DefaultActionsRegistryService } from '@bulkhead/core-services/actions-registry';
import { mockCredentials } from '../credentials/mock-credentials.ts';
import { recordCalls, type Recorded } from '../recorded-calls.ts';
import { createMockLogger } from './logger.ts';
import type { MockPluginOptions } from './mock-service.ts';

/** An action to invoke by {@link MockActionsRegistryControl.invoke}. */
export interface MockActionInvocation {
  /** `<pluginId>:<name>` */
  readonly id: string;
  readonly input?: unknown;
  readonly secrets?: unknown;
  /** Defaults to `mockCredentials.user()`. */
  readonly credentials?: Credentials;
}

/** What a test does with the actions that were registered. */
export interface MockActionsRegistryControl {
  /** The actions so far, as others see them. */
  list(): Promise<ListedAction[]>;
  /** Invokes an action as a host does: input and output are checked against the schemas. */
  invoke(invocation: MockActionInvocation): Promise<{ readonly output: unknown }>;
}

/** An {@link ActionsRegistryService} whose actions can be tried out. */
export type MockActionsRegistry = Recorded<ActionsRegistryService, MockActionsRegistryControl>;

/** @internal */
export function createMockActionsRegistry({ pluginId = 'test' }: MockPluginOptions): MockActionsRegistry {
  const real = new DefaultActionsRegistryService({
    pluginId,
    logger: createMockLogger({ pluginId }),
    permissions: { authorize: async (requests) => requests.map(() => ({ result: 'ALLOW' })) },
    permissionsRegistry: { addPermissions: () => {} },
  });
  return recordCalls<ActionsRegistryService, MockActionsRegistryControl>(
    { register: (options) => real.register(options) },
    {
      list: () => real.list(mockCredentials.user()),
      invoke: ({ credentials = mockCredentials.user(), ...invocation }) => real.invoke({ ...invocation, credentials }),
    },
  );
}
