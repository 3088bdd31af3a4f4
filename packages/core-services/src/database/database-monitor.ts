import type { LoggerService } from '@bulkhead/backend-plugin-api';
import { failureKind, failureReason } from './connection-failure.ts';
import { NO_ANSWER } from './errors.ts';

/** Whether the database can be used. */
export interface DatabaseStatus {
  readonly healthy: boolean;
  /** Why not. */
  readonly reason?: string;
}

/** Options of {@link DatabaseMonitor}. */
export interface DatabaseMonitorOptions {
  /** Asks the server for a sign of life; rejects with the driver's error if there is none. */
  readonly probe: () => Promise<void>;
  /** Called when the server has been silent for so long that what waits for it may as well give up. */
  readonly onSilence: () => void;
  readonly logger: LoggerService;
  /** Milliseconds between probes while all is well and nobody uses the database. */
  readonly interval?: number;
  /** Milliseconds between probes while the database is away: the first, growing to the last. */
  readonly retry?: { readonly first: number; readonly last: number };
}

const DEFAULT_INTERVAL = 10_000;
const DEFAULT_RETRY = { first: 100, last: 1_000 };
const TOO_MANY_CONNECTIONS = '53300';
/** Probes in a row without any answer, after which the queries that still run are ended. */
const SILENT_PROBES = 3;

/**
 * Knows whether the database can be reached: from the connections that the pool makes and loses, and, when there are
 * none, from probes. While it cannot, it keeps trying, so the host recovers by itself.
 */
export class DatabaseMonitor {
  readonly #options: DatabaseMonitorOptions;
  readonly #listeners = new Set<(status: DatabaseStatus) => void>();
  #status: DatabaseStatus = { healthy: true };
  #timer: NodeJS.Timeout | undefined;
  #attempts = 0;
  #stopped = true;

  constructor(options: DatabaseMonitorOptions) {
    this.#options = options;
  }

  /** The present state, known without asking anybody. */
  get status(): DatabaseStatus {
    return this.#status;
  }

  /**
   * Why it is of no use to try a connection right now. Probes find out when it is again, so while the server is away
   * requests get their answer at once instead of after a timeout.
   */
  get refusal(): string | undefined {
    return this.#status.healthy ? undefined : this.#status.reason;
  }

  /** Calls `listener` on each change. Returns the way to end that. */
  onChange(listener: (status: DatabaseStatus) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Begins to probe. */
  start(): void {
    this.#stopped = false;
    this.#plan();
  }

  /** Ends all activity. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  /** A connection was made, or used with success. */
  noteSuccess(): void {
    this.#attempts = 0;
    if (!this.#status.healthy) {
      this.#options.logger.info('The database is available again.');
      this.#change({ healthy: true });
    }
  }

  /** A connection was lost. That may be its own misfortune, so ask. */
  noteLost(): void {
    if (this.#status.healthy) {
      this.#plan(0);
    }
  }

  /** A connection could not be made. Errors that say nothing about the server are ignored. */
  noteFailure(error: unknown): void {
    if (this.#stopped || !isServerAway(error)) {
      return;
    }
    const reason = failureReason(error);
    if (this.#status.healthy) {
      this.#options.logger.error(`The database is not available: ${reason}. Trying to reconnect.`);
      this.#change({ healthy: false, reason });
    } else if (this.#status.reason !== reason) {
      this.#change({ healthy: false, reason });
    }
  }

  #change(status: DatabaseStatus): void {
    this.#status = status;
    for (const listener of this.#listeners) {
      listener(status);
    }
    this.#plan();
  }

  #plan(delay = this.#pause()): void {
    clearTimeout(this.#timer);
    if (!this.#stopped) {
      this.#timer = setTimeout(() => void this.#probe(), delay);
      this.#timer.unref();
    }
  }

  #pause(): number {
    const { interval = DEFAULT_INTERVAL, retry = DEFAULT_RETRY } = this.#options;
    return this.#status.healthy ? interval : Math.min(retry.last, retry.first * 2 ** this.#attempts);
  }

  async #probe(): Promise<void> {
    try {
      await this.#options.probe();
      this.noteSuccess();
    } catch (error) {
      this.noteFailure(error);
      this.#attempts += this.#status.healthy ? 0 : 1;
      // A server that answers, if only with a refusal, ends its connections itself.
      if (this.#attempts === SILENT_PROBES && this.#status.reason === NO_ANSWER) {
        this.#options.onSilence();
      }
    }
    this.#plan();
  }
}

/** A server that has too many connections serves those that it has. */
function isServerAway(error: unknown): boolean {
  return failureKind(error) !== 'statement' && (error as { code?: unknown }).code !== TOO_MANY_CONNECTIONS;
}
