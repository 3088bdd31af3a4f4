import { EventEmitter } from 'node:events';
import type { HttpApplicationUpgrade } from '@bulkhead/backend-plugin-api';
import type { Next } from './express.ts';
import { UpgradeAttempt } from './upgrade-attempt.ts';

/** The requests of one plugin for another protocol. */
export class PluginUpgrades {
  /** What the plugin has added to the server. */
  readonly listeners = new EventEmitter().setMaxListeners(0);
  readonly #waiting = new Set<UpgradeAttempt>();

  constructor() {
    // Comes before the listener is there, and inside of a handler that may have more to do.
    this.listeners.on('newListener', (event) => {
      if (event === 'upgrade') queueMicrotask(() => this.#offerWaiting());
    });
  }

  /**
   * Has a request taken by the plugin's listeners. Plugins add theirs when the first request comes; that one goes through
   * the plugin's handlers, as it does where nobody listens yet, and then to the listener that they have added.
   *
   * @param run - sends the request through the handlers of the plugin
   */
  take(upgrade: HttpApplicationUpgrade, run: (next: Next) => void): void {
    const attempt = new UpgradeAttempt(upgrade, this.listeners);
    if (this.listeners.listenerCount('upgrade') > 0) {
      attempt.offer();
      return;
    }
    this.#waiting.add(attempt);
    attempt.onEnd = () => this.#waiting.delete(attempt);
    run((error) => attempt.passOn(error));
  }

  #offerWaiting(): void {
    for (const attempt of [...this.#waiting]) {
      this.#waiting.delete(attempt);
      attempt.offer();
    }
  }
}
