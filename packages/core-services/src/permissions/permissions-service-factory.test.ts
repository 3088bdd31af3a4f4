import { describe, expect, it } from '@jest/globals';
import type { Permission, PermissionsService, ServiceAccessRestrictions } from '@bulkhead/backend-plugin-api';
import { mockCredentials, mockServices, provideService, resolveService } from '@bulkhead/backend-test-utils';
import { describePermissionsService } from '@bulkhead/backend-test-utils/contracts';
import { clientsServiceRef } from '@bulkhead/openapi';
import type { JsonObject } from '@bulkhead/types';
import { permissionsServiceFactory } from './permissions-service-factory.ts';

const READ: Permission = { type: 'basic', name: 'todo.read', attributes: { action: 'read' } };
const DELETE: Permission = { type: 'basic', name: 'todo.delete', attributes: { action: 'delete' } };
const EXPORT: Permission = { type: 'basic', name: 'todo.export', attributes: {} };
const METHODS = ['authorize', 'authorizeConditional'] as const;

function createService(permission: JsonObject): Promise<PermissionsService> {
  const rootConfig = mockServices.rootConfig({ data: { permission } });
  const nobody = provideService(clientsServiceRef, {
    connect: () => ({ call: () => Promise.reject(new TypeError('nobody is to be asked')) }),
  });
  return resolveService(permissionsServiceFactory, { services: { rootConfig }, deps: [nobody] });
}

describePermissionsService('DefaultPermissionsService', async () => ({ service: await createService({}) }));

describe.each(METHODS)('DefaultPermissionsService.%s', (method) => {
  const requests = [READ, DELETE, EXPORT].map((permission) => ({ permission }));

  it.each<[JsonObject, ServiceAccessRestrictions | undefined, string]>([
    [{}, undefined, 'ALLOW ALLOW ALLOW'],
    [{ enabled: true }, undefined, 'ALLOW ALLOW ALLOW'],
    [{ enabled: true }, {}, 'ALLOW ALLOW ALLOW'],
    [{ enabled: true }, { permissionNames: ['todo.read', 'todo.export'] }, 'ALLOW DENY ALLOW'],
    [{ enabled: true }, { permissionNames: [] }, 'DENY DENY DENY'],
    [{ enabled: true }, { permissionAttributes: {} }, 'ALLOW ALLOW ALLOW'],
    [{ enabled: true }, { permissionAttributes: { action: ['read', 'delete'] } }, 'ALLOW ALLOW DENY'],
    [
      { enabled: true },
      { permissionNames: ['todo.read', 'todo.export'], permissionAttributes: { action: ['read', 'delete'] } },
      'ALLOW DENY DENY',
    ],
    [{ enabled: false }, { permissionNames: ['todo.delete'] }, 'DENY ALLOW DENY'],
  ])('decides about services by their restrictions: %j, %j', async (config, accessRestrictions, expected) => {
    const service = await createService(config);
    const credentials = mockCredentials.service('external:ci', { accessRestrictions });
    const decisions = await service[method](requests, { credentials });
    expect(decisions.map(({ result }) => result).join(' ')).toBe(expected);
  });

  it.each([mockCredentials.user(), mockCredentials.none()])('allows everything while disabled: %s', async (caller) => {
    const service = await createService({ enabled: false });
    expect(await service[method]([{ permission: DELETE }], { credentials: caller })).toEqual([{ result: 'ALLOW' }]);
  });

  it.each([mockCredentials.user(), mockCredentials.none()])('never guesses while enabled: %s', async (credentials) => {
    const service = await createService({ enabled: true });
    await expect(service[method](requests, { credentials })).rejects.toThrow('nobody is to be asked');
    expect(await service[method]([], { credentials })).toEqual([]);
  });

  it('takes permissions without attributes', async () => {
    const service = await createService({ enabled: true });
    const accessRestrictions = { permissionAttributes: { action: ['read'] } } as const;
    const credentials = mockCredentials.service('external:ci', { accessRestrictions });
    const permission = { type: 'basic', name: 'todo.read' } as Permission;
    expect(await service[method]([{ permission }], { credentials })).toEqual([{ result: 'DENY' }]);
  });
});

describe('permissionsServiceFactory', () => {
  it('refuses a setting that is neither true nor false', async () => {
    await expect(createService({ enabled: 'perhaps' })).rejects.toMatchObject({
      cause: { code: 'ERR_CONFIG_TYPE', message: expect.stringContaining('permission.enabled') },
    });
  });
});
