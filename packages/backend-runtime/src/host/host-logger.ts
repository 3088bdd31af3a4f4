import type { LoggerService } from '@bulkhead/backend-plugin-api';
import { formatError } from '@bulkhead/errors';
import type { JsonObject } from '@bulkhead/types';

type Level = 'error' | 'warn' | 'info' | 'debug';
type Meta = Error | JsonObject;

/**
 * The runtime's own logger: the root logger as soon as there is one. Until then, and on a host without one, warnings
 * and errors go to the standard error stream, so that none is lost.
 */
export class HostLogger implements LoggerService {
  #target: LoggerService = new StderrLogger();

  /** Writes to `logger` from now on, also through children that were made before. */
  attach(logger: LoggerService): void {
    this.#target = logger;
  }

  error(message: string, meta?: Meta): void {
    this.#target.error(message, meta);
  }

  warn(message: string, meta?: Meta): void {
    this.#target.warn(message, meta);
  }

  info(message: string, meta?: Meta): void {
    this.#target.info(message, meta);
  }

  debug(message: string, meta?: Meta): void {
    this.#target.debug(message, meta);
  }

  child(meta: JsonObject): LoggerService {
    return new ChildLogger(() => this.#target.child(meta));
  }
}

/** Asks for the child when a line is written, which is when its parent is known. */
class ChildLogger implements LoggerService {
  readonly #resolve: () => LoggerService;

  constructor(resolve: () => LoggerService) {
    this.#resolve = resolve;
  }

  error(message: string, meta?: Meta): void {
    this.#resolve().error(message, meta);
  }

  warn(message: string, meta?: Meta): void {
    this.#resolve().warn(message, meta);
  }

  info(message: string, meta?: Meta): void {
    this.#resolve().info(message, meta);
  }

  debug(message: string, meta?: Meta): void {
    this.#resolve().debug(message, meta);
  }

  child(meta: JsonObject): LoggerService {
    return new ChildLogger(() => this.#resolve().child(meta));
  }
}

class StderrLogger implements LoggerService {
  error(message: string, meta?: Meta): void {
    this.#write('error', message, meta);
  }

  warn(message: string, meta?: Meta): void {
    this.#write('warn', message, meta);
  }

  info(): void {}

  debug(): void {}

  child(): LoggerService {
    return this;
  }

  #write(level: Level, message: string, meta: Meta | undefined): void {
    const details = meta instanceof Error ? `\n${formatError(meta)}` : '';
    process.stderr.write(`${level}: ${message}${details}\n`);
  }
}
