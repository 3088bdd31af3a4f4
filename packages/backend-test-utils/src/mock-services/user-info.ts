import type { Credentials, UserInfo, UserInfoService } from '@bulkhead/backend-plugin-api';
import { DefaultUserInfoService } from '@bulkhead/core-services/user-info';
import { recordCalls, type Recorded } from '../recorded-calls.ts';
import type { MockPluginOptions } from './mock-service.ts';

/** What a mock knows about users. */
export interface MockUserInfoOptions extends MockPluginOptions {
  /** What each user owns through besides the user: entity refs of groups by the user's. */
  readonly ownership?: Readonly<Record<string, readonly string[]>>;
}

/** A {@link UserInfoService} that knows what it is told. */
export type MockUserInfo = Recorded<UserInfoService>;

/** @internal */
export function createMockUserInfo({ ownership = {} }: MockUserInfoOptions): MockUserInfo {
  const real = new DefaultUserInfoService();
  return recordCalls<UserInfoService>({
    async getUserInfo(credentials: Credentials): Promise<UserInfo> {
      const { userEntityRef, ownershipEntityRefs } = await real.getUserInfo(credentials);
      return { userEntityRef, ownershipEntityRefs: [...ownershipEntityRefs, ...(ownership[userEntityRef] ?? [])] };
    },
  });
}
