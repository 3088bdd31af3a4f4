import { BadGatewayError, NotImplementedError } from '@bulkhead/errors';

/** Permissions are enabled, and the plugin that would decide is nowhere. */
export function noPermissionPolicy(cause: unknown): NotImplementedError {
  return new NotImplementedError("permission.enabled is true, but there is no plugin 'permission' to ask", {
    code: 'ERR_PERMISSIONS_NO_POLICY',
    hint:
      'Install a permission plugin and a policy, or name the process that has them under discovery.endpoints. ' +
      'Or allow everything to everybody: permission.enabled: false.',
    cause,
  });
}

/** The permission plugin has answered, and nobody can tell what. */
export function unusableAnswer(fault: string): BadGatewayError {
  return new BadGatewayError(`Plugin 'permission' has given an answer that cannot be used: ${fault}`, {
    code: 'ERR_PERMISSIONS_ANSWER',
  });
}
