/** Finds plugins, wherever they run. */
export interface DiscoveryService {
  /** The base URL of a plugin as seen from this process, without a trailing slash. */
  getBaseUrl(pluginId: string): Promise<string>;
  /** The base URL of a plugin as seen by users, without a trailing slash. */
  getExternalBaseUrl(pluginId: string): Promise<string>;
}
