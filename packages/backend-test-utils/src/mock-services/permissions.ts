import type {
  ConditionalDecision,
  Credentials,
  DefinitiveDecision,
  PermissionRequest,
  PermissionsService,
} from '@bulkhead/backend-plugin-api';
import { recordCalls, type Recorded } from '../recorded-calls.ts';
import type { MockPluginOptions } from './mock-service.ts';

/** Decides about one request. */
export type MockPermissionPolicy = (
  request: PermissionRequest,
  credentials: Credentials,
) => 'ALLOW' | 'DENY' | ConditionalDecision;

/** What a mock permits. */
export interface MockPermissionsOptions extends MockPluginOptions {
  /**
   * One answer to everything, or a function that decides. Defaults to `ALLOW`. A conditional answer is a denial to
   * those who ask by `authorize`.
   */
  readonly policy?: 'ALLOW' | 'DENY' | MockPermissionPolicy;
}

/** A {@link PermissionsService} with a policy of the test's making. */
export type MockPermissions = Recorded<PermissionsService>;

/** @internal */
export function createMockPermissions({ policy = 'ALLOW' }: MockPermissionsOptions): MockPermissions {
  const decide = typeof policy === 'function' ? policy : () => policy;
  return recordCalls<PermissionsService>({
    async authorize(requests, { credentials }): Promise<DefinitiveDecision[]> {
      return requests.map((request) => ({ result: decide(request, credentials) === 'ALLOW' ? 'ALLOW' : 'DENY' }));
    },
    async authorizeConditional(requests, { credentials }): Promise<(DefinitiveDecision | ConditionalDecision)[]> {
      return requests.map((request) => {
        const decision = decide(request, credentials);
        return typeof decision === 'string' ? { result: decision } : decision;
      });
    },
  });
}
