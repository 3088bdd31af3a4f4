import type { LoggerService } from '@bulkhead/backend-plugin-api';
import { isErrorLike } from '@bulkhead/errors';
import type { EventBusMode } from '../event-bus-mode.ts';
import { isBusMissing } from './event-bus-client.ts';

/** What {@link EventBusPresence} is made of. */
export interface EventBusPresenceOptions {
  readonly mode: EventBusMode;
  readonly logger: LoggerService;
  /** How long hosts of other makes may say that there is no bus until they are believed, in milliseconds. */
  readonly patience?: number;
}

/** What our hosts say when there is no such plugin, or nothing at a path of it. They hold requests back while they start. */
const CERTAIN = new Set<unknown>(['ERR_HTTP_UNKNOWN_PLUGIN', 'ERR_HTTP_UNKNOWN_PATH']);
/** Backstage's hosts say the same of plugins that have not come up yet. */
const PATIENCE = 60_000;

/** Whether there is a bus, as far as the plugins of this process have found out. */
export class EventBusPresence {
  readonly #options: EventBusPresenceOptions;
  #doubtedSince: number | undefined;
  #isMissing = false;

  constructor(options: EventBusPresenceOptions) {
    this.#options = options;
  }

  /** Whether to try. */
  get isAssumed(): boolean {
    return this.#options.mode !== 'never' && !this.#isMissing;
  }

  /**
   * Learns from a call that has failed. That nothing answers says nothing: the bus may be about to start.
   *
   * @returns whether it says that there is no bus, where none is needed
   */
  doubt(error: unknown): boolean {
    const { mode, patience = PATIENCE } = this.#options;
    if (mode !== 'auto' || !isBusMissing(error)) return false;
    const isCertain = isErrorLike(error) && CERTAIN.has(error.code);
    this.#doubtedSince ??= performance.now();
    if (isCertain || performance.now() - this.#doubtedSince >= patience) this.refute();
    return true;
  }

  /** There is no bus, which is no matter unless there has to be one. */
  refute(): void {
    const { mode, logger } = this.#options;
    if (mode !== 'auto' || this.#isMissing) return;
    this.#isMissing = true;
    logger.info("There is no event bus (plugin 'events'): events stay in this process");
  }

  /** Learns from a call that has succeeded. */
  confirm(): void {
    this.#doubtedSince = undefined;
  }
}
