import {
  coreServices,
  createServiceFactory,
  type RootLoggerService,
  type ServiceFactory,
} from '@bulkhead/backend-plugin-api';
import type { Config } from '@bulkhead/config';
import type { JsonObject } from '@bulkhead/types';
import { companionOf } from '../root-config/config-companion.ts';
import type { DefaultRootLoggerService, RootLoggerOptions } from './default-root-logger-service.ts';
import { readLoggerSettings, type LoggerSettings } from './logger-settings.ts';

/** What can be chosen in code; levels and format are chosen by the configuration. */
export interface RootLoggerServiceFactoryOptions extends Omit<RootLoggerOptions, 'settings' | 'secrets'> {
  /** Fields for every line besides those of `backend.logger.meta`, which win. */
  readonly meta?: (settings: LoggerSettings) => JsonObject;
}

/**
 * Makes a factory for the logger of the process.
 *
 * @param options - other winston transports, another format, another stream
 */
export function createRootLoggerServiceFactory({
  meta,
  ...options
}: RootLoggerServiceFactoryOptions = {}): ServiceFactory<RootLoggerService, 'root'> {
  const read = (config: Config): LoggerSettings => {
    const settings = readLoggerSettings(config, process.env);
    return meta ? { ...settings, meta: { ...meta(settings), ...settings.meta } } : settings;
  };
  return createServiceFactory({
    service: coreServices.rootLogger,
    deps: { config: coreServices.rootConfig },
    async factory({ config }) {
      const { DefaultRootLoggerService } = await import('./default-root-logger-service.ts');
      const secrets = await secretsOf(config);
      const logger = new DefaultRootLoggerService({ ...options, settings: read(config), secrets: secrets() });
      const subscription = config.subscribe?.(() => follow(logger, () => read(config), secrets));
      companionOf(config)?.listen?.(({ level, message, meta }) => logger[level](message, meta));
      return Object.assign(logger, {
        async [Symbol.asyncDispose]() {
          subscription?.unsubscribe();
          await logger.flush();
        },
      });
    },
  });
}

/** The logger of the process, as `backend.logger` configures it. */
export const rootLoggerServiceFactory: ServiceFactory<RootLoggerService, 'root'> = createRootLoggerServiceFactory();

function follow(logger: DefaultRootLoggerService, read: () => LoggerSettings, secrets: () => Iterable<string>): void {
  try {
    logger.configure(read(), secrets());
  } catch (error) {
    logger.warn('The new logger configuration cannot be used; the previous one stays in force', error as Error);
  }
}

/** A configuration that was made by hand knows of no secrets; their names betray them. */
async function secretsOf(config: Config): Promise<() => Iterable<string>> {
  const companion = companionOf(config);
  if (companion) return () => companion.secrets();
  const { collectSecrets } = await import('@bulkhead/config-loader');
  return () => collectSecrets(config.get<JsonObject>());
}
