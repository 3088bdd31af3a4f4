import type { LoggerService } from '@bulkhead/backend-plugin-api';
import { LifecycleHooks } from './lifecycle-hooks.ts';

/** The hooks of the process and of each plugin that has asked for any. */
export class LifecycleRegistry {
  readonly root: LifecycleHooks;
  readonly #plugins = new Map<string, LifecycleHooks>();
  readonly #logger: LoggerService;

  constructor(logger: LoggerService) {
    this.#logger = logger;
    this.root = new LifecycleHooks('the host', logger);
  }

  /** The hooks of a plugin; made on first use. */
  forPlugin(pluginId: string): LifecycleHooks {
    let hooks = this.#plugins.get(pluginId);
    if (!hooks) {
      hooks = new LifecycleHooks(`plugin '${pluginId}'`, this.#logger.child({ plugin: pluginId }));
      this.#plugins.set(pluginId, hooks);
    }
    return hooks;
  }

  /** The hooks of a plugin, if it has asked for any. */
  findPlugin(pluginId: string): LifecycleHooks | undefined {
    return this.#plugins.get(pluginId);
  }
}
