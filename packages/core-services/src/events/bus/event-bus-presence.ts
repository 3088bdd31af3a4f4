import type { LoggerService } from '@bulkhead/backend-plugin-api';
import type { EventBusMode } from '../event-bus-mode.ts';
import { isBusMissing } from './event-bus-client.ts';

/** Whether there is a bus, as far as the plugins of this process have found out. */
export class EventBusPresence {
  readonly #mode: EventBusMode;
  readonly #logger: LoggerService;
  #isMissing = false;

  constructor(mode: EventBusMode, logger: LoggerService) {
    this.#mode = mode;
    this.#logger = logger;
  }

  /** Whether to try. */
  get isAssumed(): boolean {
    return this.#mode !== 'never' && !this.#isMissing;
  }

  /**
   * Finds out by a call that has failed. That nothing answers says nothing: it may be about to start.
   *
   * @returns whether there is no bus, and none is to be tried again
   */
  isRefutedBy(error: unknown): boolean {
    if (this.#mode !== 'auto' || !isBusMissing(error)) return false;
    if (!this.#isMissing) {
      this.#isMissing = true;
      this.#logger.info("There is no event bus (plugin 'events'): events stay in this process");
    }
    return true;
  }
}
