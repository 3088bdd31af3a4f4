import { describe, expect, it } from '@jest/globals';
import { describeUserInfoService } from '@bulkhead/backend-test-utils/contracts';
import { createCredentials } from '../auth/index.ts';
import { DefaultUserInfoService } from './default-user-info-service.ts';

const ADA = { type: 'user', userEntityRef: 'user:default/ada' } as const;

function tokenWith(claims: unknown): string {
  return `header.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.signature`;
}

describeUserInfoService('DefaultUserInfoService', () => ({
  service: new DefaultUserInfoService(),
  user: createCredentials(ADA, { token: tokenWith({ ent: ['user:default/ada', 'group:default/makers'] }) }),
  caller: createCredentials({ type: 'service', subject: 'external:ci' }),
}));

describe('getUserInfo', () => {
  it.each([undefined, 'opaque', 'a.b.c', tokenWith({}), tokenWith({ ent: 'x' }), tokenWith({ ent: [1] })])(
    'takes a user to own through itself when the token (%s) claims nothing',
    async (token) => {
      expect(await new DefaultUserInfoService().getUserInfo(createCredentials(ADA, { token }))).toEqual({
        userEntityRef: 'user:default/ada',
        ownershipEntityRefs: ['user:default/ada'],
      });
    },
  );

  it('has a code for those who are not users', async () => {
    await expect(new DefaultUserInfoService().getUserInfo(createCredentials({ type: 'none' }))).rejects.toMatchObject({
      code: 'ERR_USER_INFO_NOT_A_USER',
      message: 'There is no user information about nobody',
    });
  });
});
