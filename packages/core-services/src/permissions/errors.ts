import { NotImplementedError } from '@bulkhead/errors';

/** Permissions are enabled, and there is nobody who could decide. */
export function noPermissionPolicy(): NotImplementedError {
  return new NotImplementedError('permission.enabled is true, but this host has no permission policy to ask', {
    code: 'ERR_PERMISSIONS_NO_POLICY',
    hint:
      'Add a service factory for coreServices.permissions that asks your policy: backend.add(permissionsFactory). ' +
      'Or allow everything to everybody: permission.enabled: false.',
  });
}
