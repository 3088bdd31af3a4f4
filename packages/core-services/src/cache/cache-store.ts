/** Where the entries of all plugins are kept, as JSON text under keys that name the plugin. */
export interface CacheStore extends AsyncDisposable {
  /** The text under a key; `undefined` if there is none, or none that can be reached. */
  get(key: string): Promise<string | undefined>;
  /** Keeps a text, for ever if no time (in milliseconds) is given. */
  set(key: string, text: string, ttl: number | undefined): Promise<void>;
  delete(key: string): Promise<void>;
}
