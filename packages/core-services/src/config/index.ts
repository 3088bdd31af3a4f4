/**
 * The configuration of a plugin.
 *
 * @packageDocumentation
 */

export { configServiceFactory } from './config-service-factory.ts';
export { DefaultConfigService } from './default-config-service.ts';
