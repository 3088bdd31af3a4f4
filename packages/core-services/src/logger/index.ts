/**
 * The logger of a plugin.
 *
 * @packageDocumentation
 */

export { loggerServiceFactory } from './logger-service-factory.ts';
