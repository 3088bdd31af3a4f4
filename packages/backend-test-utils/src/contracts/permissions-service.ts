import { describe, expect, it } from '@jest/globals';
import type { Credentials, Permission, PermissionsService } from '@bulkhead/backend-plugin-api';
import { subjectPerTest, type ContractSubject, type CreateSubject } from './subject.ts';

const READ: Permission = { type: 'basic', name: 'todo.read', attributes: { action: 'read' } };
const DELETE: Permission = {
  type: 'resource',
  name: 'todo.delete',
  attributes: { action: 'delete' },
  resourceType: 'todo',
};

const user: Credentials = {
  $$type: '@backstage/BackstageCredentials',
  principal: { type: 'user', userEntityRef: 'user:default/ada' },
};

/** Contract of {@link PermissionsService}; `create` makes one that permits everything. */
export function describePermissionsService(
  name: string,
  create: CreateSubject<ContractSubject<PermissionsService>>,
): void {
  describe(`${name} as a PermissionsService`, () => {
    const subject = subjectPerTest(create);

    it.each(['authorize', 'authorizeConditional'] as const)('gives one answer per request (%s)', async (method) => {
      const { service } = subject();
      const requests = [{ permission: READ }, { permission: DELETE, resourceRef: 'todo:1' }, { permission: READ }];
      const allow = { result: 'ALLOW' };
      expect(await service[method](requests, { credentials: user })).toEqual([allow, allow, allow]);
      expect(await service[method]([], { credentials: user })).toEqual([]);
    });
  });
}
