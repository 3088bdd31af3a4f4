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
});
