import { describe, expect, it } from '@jest/globals';
import type { Credentials, UserInfoService } from '@bulkhead/backend-plugin-api';
import { subjectPerTest, type ContractSubject, type CreateSubject } from './subject.ts';

/** A service, and credentials about which it is asked. */
export interface UserInfoServiceSubject extends ContractSubject<UserInfoService> {
  /** Of `user:default/ada`, who belongs to `group:default/makers`. */
  readonly user: Credentials;
  /** Of any service. */
  readonly caller: Credentials;
}

/** Contract of {@link UserInfoService}. */
export function describeUserInfoService(name: string, create: CreateSubject<UserInfoServiceSubject>): void {
  describe(`${name} as a UserInfoService`, () => {
    const subject = subjectPerTest(create);

    it('tells who a user is and through what the user owns', async () => {
      const { service, user } = subject();
      const { userEntityRef, ownershipEntityRefs } = await service.getUserInfo(user);
      expect(userEntityRef).toBe('user:default/ada');
      expect([...ownershipEntityRefs].sort()).toEqual(['group:default/makers', 'user:default/ada']);
    });

    it('knows nothing about services', async () => {
      const { service, caller } = subject();
      await expect(service.getUserInfo(caller)).rejects.toMatchObject({ name: 'NotAllowedError', statusCode: 403 });
    });
  });
}
