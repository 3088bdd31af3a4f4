import {
  coreServices,
  createServiceFactory,
  type RootConfigService,
  type ServiceFactory,
} from '@bulkhead/backend-plugin-api';
import type { ConfigSchema, LoadConfigOptions, LoadedConfig } from '@bulkhead/config-loader';
import { formatSource, ProblemsError, type Problem } from '@bulkhead/errors';
import type { MaybePromise } from '@bulkhead/types';
import { attachCompanion } from './config-companion.ts';
import { NoticeBoard } from './notice-board.ts';

/** Where the configuration comes from. */
export interface RootConfigServiceFactoryOptions extends Pick<
  LoadConfigOptions,
  'args' | 'dir' | 'env' | 'files' | 'onInvalid' | 'schema'
> {
  /** Follow changes of the files. Default: yes. */
  readonly watch?: boolean;
  /**
   * A configuration that somebody else loads, in place of all other options. Whoever loads it reports its warnings and
   * closes it.
   */
  readonly loaded?: LoadedConfig | (() => MaybePromise<LoadedConfig>);
}

/**
 * Makes a factory for the configuration of the host.
 *
 * @param options - Default: the files that `--config` names on the command line of the process, else `app-config.yaml`
 * and its companions in the working directory or above it.
 */
export function createRootConfigServiceFactory(
  options: RootConfigServiceFactoryOptions = {},
): ServiceFactory<RootConfigService, 'root'> {
  return createServiceFactory({
    service: coreServices.rootConfig,
    deps: {},
    async factory() {
      const { loaded, ...loadOptions } = options;
      if (loaded === undefined) return load(loadOptions);
      const given = typeof loaded === 'function' ? await loaded() : loaded;
      return attachCompanion(given.config, {
        secrets: () => given.secrets(),
        sourceOf: (path) => given.sourceOf(path),
      });
    },
  });
}

/** The configuration of the host from the files that `--config` names, or from `app-config.yaml`. */
export const rootConfigServiceFactory: ServiceFactory<RootConfigService, 'root'> = createRootConfigServiceFactory();

async function load({
  watch = true,
  ...options
}: Omit<RootConfigServiceFactoryOptions, 'loaded'>): Promise<RootConfigService> {
  const { loadConfig } = await import('@bulkhead/config-loader');
  const notices = new NoticeBoard();
  const warnAbout = (warnings: readonly Problem[]): void => {
    for (const warning of warnings) notices.post({ level: 'warn', ...describe(warning) });
  };
  const loaded = await loadConfig({
    args: process.argv.slice(2),
    ...options,
    watch: watch && {
      onChange(warnings) {
        notices.post({ level: 'info', message: 'The configuration has changed' });
        warnAbout(warnings);
      },
      onProblems: (error) =>
        notices.post({
          level: 'warn',
          message: 'The changed configuration is faulty; the previous one stays in force',
          meta: error,
        }),
      onError: (error) =>
        notices.post({ level: 'warn', message: 'The configuration cannot be watched', meta: error as Error }),
    },
  });
  warnAbout(loaded.warnings);
  const config = attachCompanion(loaded.config, {
    secrets: () => loaded.secrets(),
    sourceOf: (path) => loaded.sourceOf(path),
    check: (schema) => check(loaded, schema, warnAbout),
    checkMore: async () => warnAbout(await loaded.checkForeign().catch(() => [])),
    listen: (listener) => notices.listen(listener),
  });
  return Object.defineProperty(config, Symbol.asyncDispose, { value: () => loaded.close() });
}

/** The warnings of the load have been given; those that need the schema come on top. */
async function check(
  loaded: LoadedConfig,
  schema: ConfigSchema,
  warnAbout: (warnings: readonly Problem[]) => void,
): Promise<readonly Problem[]> {
  try {
    const { warnings } = await loaded.useSchema(schema, { withoutForeign: true });
    warnAbout(warnings);
    return loaded.problems;
  } catch (error) {
    if (error instanceof ProblemsError) return error.problems;
    throw error;
  }
}

function describe({ message, code, hint, source }: Problem): {
  message: string;
  meta: { code: string; hint?: string };
} {
  return { message: source ? `${formatSource(source)}: ${message}` : message, meta: { code, hint } };
}
