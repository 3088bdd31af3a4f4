import type { LoggerService } from '@bulkhead/backend-plugin-api';

const INTERVAL = 30_000;

/** Says that something is wrong, and while it stays so, says it again from time to time only. */
export class RateLimitedWarning {
  readonly #logger: LoggerService;
  readonly #now: () => number;
  #warnedAt = -Infinity;
  #suppressed = 0;

  constructor(logger: LoggerService, now: () => number = () => performance.now()) {
    this.#logger = logger;
    this.#now = now;
  }

  /** Logs a warning, unless there was one a short while ago. */
  warn(message: string, error: unknown): void {
    if (this.#now() - this.#warnedAt < INTERVAL) {
      this.#suppressed += 1;
      return;
    }
    const meta = { error: error as never, ...(this.#suppressed > 0 && { suppressed: this.#suppressed }) };
    this.#warnedAt = this.#now();
    this.#suppressed = 0;
    this.#logger.warn(message, meta);
  }

  /** Says that it is over, if there has been a warning. */
  over(message: string): void {
    if (this.#warnedAt === -Infinity) return;
    this.#warnedAt = -Infinity;
    this.#logger.info(message);
  }
}
