import { describe, expect, it } from '@jest/globals';
import { mockCredentials, mockServices } from '../index.ts';

describe('mockServices.permissions', () => {
  it('decides by a function that sees request and credentials', async () => {
    const permissions = mockServices.permissions({
      policy: ({ permission }, { principal }) =>
        permission.name === 'todo.read' && (principal as { type: string }).type === 'user' ? 'ALLOW' : 'DENY',
    });
    const requests = ['todo.read', 'todo.write'].map((name) => ({
      permission: { type: 'basic', name, attributes: {} } as const,
    }));
    expect(await permissions.authorize(requests, { credentials: mockCredentials.user() })).toEqual([
      { result: 'ALLOW' },
      { result: 'DENY' },
    ]);
    expect(await permissions.authorizeConditional(requests, { credentials: mockCredentials.none() })).toEqual([
      { result: 'DENY' },
      { result: 'DENY' },
    ]);
  });
});
