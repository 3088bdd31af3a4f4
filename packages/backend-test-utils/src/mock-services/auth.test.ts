import { describe, expect, it } from '@jest/globals';
import { mockCredentials, mockServices } from '../index.ts';

describe('mockServices.auth', () => {
  it.each([
    ['nonsense', 'nonsense'],
    ['without a subject', 'mock-user-token?name=ada'],
    ['for another plugin', mockCredentials.service('plugin:a', { targetPluginId: 'b' }).token],
  ])('refuses a token %s', async (_what, token) => {
    const auth = mockServices.auth({ pluginId: 'todo' });
    await expect(auth.authenticate(token)).rejects.toMatchObject({ code: 'ERR_TEST_MOCK_TOKEN', statusCode: 401 });
  });

  it('makes tokens that people can read', async () => {
    const auth = mockServices.auth({ pluginId: 'todo' });
    const onBehalfOf = mockCredentials.user('user:default/ada');
    expect(onBehalfOf.header).toBe('Bearer mock-user-token?sub=user:default/ada');
    const { token } = await auth.getPluginRequestToken({ onBehalfOf, targetPluginId: 'notes' });
    expect(token).toBe('mock-service-token?sub=plugin:todo&aud=notes&obo=user:default/ada');
  });

  it('issues tokens that permit little', async () => {
    const auth = mockServices.auth();
    const { token, expiresAt } = await auth.getLimitedUserToken(mockCredentials.user('user:default/ada'));
    expect(token).toBe(mockCredentials.limitedUser('user:default/ada').token);
    expect(expiresAt.getTime()).toBeGreaterThan(Date.now());
  });

  it('issues none on behalf of nobody, and needs no keys', async () => {
    const auth = mockServices.auth();
    const onBehalfOf = mockCredentials.none();
    expect(await auth.getPluginRequestToken({ onBehalfOf, targetPluginId: 'notes' })).toEqual({ token: '' });
    expect(await auth.listPublicServiceKeys()).toEqual({ keys: [] });
  });
});
