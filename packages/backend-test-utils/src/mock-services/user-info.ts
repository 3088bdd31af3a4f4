import type { Credentials, UserInfo, UserInfoService, UserPrincipal } from '@bulkhead/backend-plugin-api';
import { NotAllowedError } from '@bulkhead/errors';
import { recordCalls, type Recorded } from '../recorded-calls.ts';
import type { MockPluginOptions } from './mock-service.ts';

/** What a mock knows about users. */
export interface MockUserInfoOptions extends MockPluginOptions {
  /** What each user owns besides what is their own: entity refs by the user's. */
  readonly ownership?: Readonly<Record<string, readonly string[]>>;
}

/** A {@link UserInfoService} that knows what it is told. */
export type MockUserInfo = Recorded<UserInfoService>;

/** @internal */
export function createMockUserInfo({ ownership = {} }: MockUserInfoOptions): MockUserInfo {
  return recordCalls<UserInfoService>({
    async getUserInfo(credentials: Credentials): Promise<UserInfo> {
      const principal = credentials.principal as UserPrincipal | { readonly type: string };
      if (!('userEntityRef' in principal)) throw new NotAllowedError('Only users have claims');
      const { userEntityRef } = principal;
      return { userEntityRef, ownershipEntityRefs: [userEntityRef, ...(ownership[userEntityRef] ?? [])] };
    },
  });
}
