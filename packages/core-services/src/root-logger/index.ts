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
// Loaded when the logger is made, as winston takes its time.
export type { DefaultRootLoggerService, RootLoggerOptions } from './default-root-logger-service.ts';
export { readLoggerSettings, type LogFormat, type LoggerSettings } from './logger-settings.ts';
