import { captureCallSite } from './call-site.ts';
import { invalidId } from './errors.ts';
import type { PluginFeature } from './feature.ts';
import { isPluginId } from './ids.ts';
import { collectRegistration, type PluginEnvironment } from './registration.ts';

/** What {@link createBackendPlugin} takes. */
export interface BackendPluginOptions {
  /**
   * Names the plugin: its mount `/api/<pluginId>`, its key in the configuration, its database schema. A host can
   * install the plugin under another id.
   */
  readonly pluginId: string;
  /** Declares extension points, then dependencies and the init. Must not do anything else: no I/O, no state. */
  register(env: PluginEnvironment): void;
}

/**
 * Defines a plugin.
 *
 * @example
 * ```ts
 * export const examplePlugin = createBackendPlugin({
 *   pluginId: 'example',
 *   register(env) {
 *     env.registerInit({
 *       deps: { http: coreServices.httpRouter },
 *       async init({ http }) {
 *         http.use(createRouter());
 *       },
 *     });
 *   },
 * });
 * ```
 *
 * @throws BulkheadError `ERR_PLUGIN_API_INVALID_ID` when the id is malformed.
 */
export function createBackendPlugin(options: BackendPluginOptions): PluginFeature {
  const { pluginId, register } = options;
  if (!isPluginId(pluginId)) throw invalidId('plugin', pluginId);
  const callSite = captureCallSite(createBackendPlugin);
  return {
    $$type: '@bulkhead/BackendFeature',
    type: 'plugin',
    pluginId,
    get declaredAt() {
      return callSite();
    },
    getRegistration: () => ({
      type: 'plugin',
      pluginId,
      ...collectRegistration(`Plugin '${pluginId}'`, (env) => register.call(options, env)),
    }),
  };
}
