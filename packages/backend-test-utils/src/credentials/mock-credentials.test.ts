import { describe, expect, it } from '@jest/globals';
import { mockCredentials, mockServices } from '../index.ts';

describe('mockCredentials', () => {
  it('hides tokens from those who print or compare credentials', () => {
    const ada = mockCredentials.user('user:default/ada');
    expect(JSON.stringify(ada)).not.toContain('token');
    expect(ada).toEqual({
      $$type: '@backstage/BackstageCredentials',
      version: 'v1',
      principal: { type: 'user', userEntityRef: 'user:default/ada' },
    });
    expect(ada.toString()).toBe('backstageCredentials{userPrincipal{user:default/ada}}');
    expect(mockCredentials.none()).toMatchObject({ token: '', header: '', principal: { type: 'none' } });
  });

  it('carries restrictions through a token', async () => {
    const accessRestrictions = { permissionNames: ['todo.read'], permissionAttributes: { action: ['read'] } } as const;
    const { token } = mockCredentials.service('external:ci', { accessRestrictions });
    expect(await mockServices.auth().authenticate(token)).toMatchObject({
      principal: { type: 'service', subject: 'external:ci', accessRestrictions },
    });
  });
});
