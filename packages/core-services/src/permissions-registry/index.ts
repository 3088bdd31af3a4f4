/**
 * What a plugin lets the permission policy decide about.
 *
 * @packageDocumentation
 */

export { permissionsRegistryServiceFactory } from './permissions-registry-service-factory.ts';
export { DefaultPermissionsRegistryService } from './default-permissions-registry-service.ts';
