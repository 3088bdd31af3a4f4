/**
 * The logger of the process.
 *
 * @packageDocumentation
 */

export {
  createRootLoggerServiceFactory,
  rootLoggerServiceFactory,
  type RootLoggerServiceFactoryOptions,
} from './root-logger-service-factory.ts';
export { DefaultRootLoggerService, type RootLoggerOptions } from './default-root-logger-service.ts';
export { readLoggerSettings, type LogFormat, type LoggerSettings } from './logger-settings.ts';
