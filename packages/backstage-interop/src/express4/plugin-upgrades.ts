import { EventEmitter } from 'node:events';
import type { HttpApplicationUpgrade } from '@bulkhead/backend-plugin-api';
import type { Next } from './express.ts';
import { UpgradeAttempt, type HandlersPlace, type UpgradeListener } from './upgrade-attempt.ts';

/** The requests of one plugin for another protocol. */
export class PluginUpgrades {
  /** What the plugin has added to the server. */
  readonly listeners = new EventEmitter().setMaxListeners(0);
  /** Those that are with the handlers of the plugin, and the listeners that they have been offered before. */
  readonly #waiting = new Map<UpgradeAttempt, ReadonlySet<UpgradeListener>>();

  constructor() {
    // Comes before the listener is there, and inside of a handler that may have more to do.
    this.listeners.on('newListener', (event) => {
      if (event === 'upgrade') queueMicrotask(() => this.#offerWaiting());
    });
  }

  /**
   * Has a request taken by the plugin's listeners. Plugins add theirs when the first request comes, or the first one for a
   * part of theirs; so one that no listener wants goes through the plugin's handlers, and then to the listener that they
   * add.
   *
   * @param run - sends the request through the handlers of the plugin
   */
  take(upgrade: HttpApplicationUpgrade, run: (next: Next) => void): void {
    const place = placeOf(upgrade);
    const attempt = new UpgradeAttempt(upgrade);
    attempt.onEnd = () => this.#waiting.delete(attempt);
    const listeners = this.#current();
    const runHandlers = (): void => {
      this.#waiting.set(attempt, new Set(listeners));
      attempt.runHandlers(place, run);
    };
    if (listeners.length === 0) {
      runHandlers();
    } else {
      void attempt.offer(listeners).then((isLeft) => {
        if (isLeft) runHandlers();
      });
    }
  }

  #current(): readonly UpgradeListener[] {
    return this.listeners.rawListeners('upgrade') as UpgradeListener[];
  }

  #offerWaiting(): void {
    for (const [attempt, known] of [...this.#waiting]) {
      const added = this.#current().filter((listener) => !known.has(listener));
      if (added.length > 0) {
        this.#waiting.set(attempt, new Set([...known, ...added]));
        void attempt.offer(added);
      }
    }
  }
}

function placeOf({ request }: HttpApplicationUpgrade): HandlersPlace {
  const { url = '/', baseUrl = '' } = request as { url?: string; baseUrl?: string };
  return { url, baseUrl };
}
