/**
 * Whether a caller may do something.
 *
 * @packageDocumentation
 */

export { permissionsServiceFactory } from './permissions-service-factory.ts';
export { DefaultPermissionsService, type DefaultPermissionsServiceOptions } from './default-permissions-service.ts';
export { PermissionClient, type Asker, type PermissionClientOptions } from './permission-client.ts';
