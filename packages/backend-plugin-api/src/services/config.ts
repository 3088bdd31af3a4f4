import type { Config } from '@bulkhead/config';

/** The whole configuration. `subscribe` reports changes of the files while the host runs. */
export interface RootConfigService extends Config {}

/**
 * The section of the configuration under the plugin's own id. A plugin that has no section reads an empty one, so
 * optional getters work and required ones name the missing key in full (`todo.pageSize`).
 */
export interface ConfigService extends Config {}
