import { captureCallSite } from './call-site.ts';
import { invalidId } from './errors.ts';
import type { ModuleFeature } from './feature.ts';
import { isModuleId, isPluginId } from './ids.ts';
import { collectRegistration, type ModuleEnvironment } from './registration.ts';

/** What {@link createBackendModule} takes. */
export interface BackendModuleOptions {
  /** The plugin that the module extends. A host can point the module at another instance of that plugin. */
  readonly pluginId: string;
  /** Names the module within its plugin. */
  readonly moduleId: string;
  /** Declares extension points, then dependencies and the init. Must not do anything else: no I/O, no state. */
  register(env: ModuleEnvironment): void;
}

/**
 * Defines a module: code that extends exactly one plugin, in that plugin's process, through its extension points. Its
 * init runs before the plugin's.
 *
 * @throws BulkheadError `ERR_PLUGIN_API_INVALID_ID` when an id is malformed.
 */
export function createBackendModule(options: BackendModuleOptions): ModuleFeature {
  const { pluginId, moduleId, register } = options;
  if (!isPluginId(pluginId)) throw invalidId('plugin', pluginId);
  if (!isModuleId(moduleId)) throw invalidId('module', moduleId);
  const callSite = captureCallSite(createBackendModule);
  const owner = `Module '${moduleId}' of plugin '${pluginId}'`;
  return {
    $$type: '@bulkhead/BackendFeature',
    type: 'module',
    pluginId,
    moduleId,
    get declaredAt() {
      return callSite();
    },
    getRegistration: () => ({
      type: 'module',
      pluginId,
      moduleId,
      ...collectRegistration(owner, (env) => register.call(options, env)),
    }),
  };
}
