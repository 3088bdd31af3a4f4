import { executionContext, type LoggerService } from '@bulkhead/backend-plugin-api';
import { formatError, formatHeadline, isErrorLike } from '@bulkhead/errors';
import { toError } from '../host/to-error.ts';
import { BackendStartupError } from '../report/backend-startup-error.ts';

/** What the handlers act upon. */
export interface ProcessTarget {
  /** Stops the backend; never rejects. */
  stop(): Promise<void>;
  /** The plugin in which an error arose, if that can be told. */
  attribute(error: unknown): string | undefined;
  reportFault(pluginId: string, error: unknown): void;
  readonly logger: LoggerService;
}

/** Ends the handling of the process. */
export interface ProcessHandlers {
  /** Tells that the start failed: the process ends with code 1, whether or not somebody awaits the start. */
  startFailed(error: unknown): void;
  /** Removes all handlers. */
  remove(): void;
}

type ExitSignal = 'SIGINT' | 'SIGTERM';

/** Exit codes of a process that a signal forced down: 128 plus the number of the signal. */
const FORCED_EXIT: Readonly<Record<ExitSignal, number>> = { SIGINT: 130, SIGTERM: 143 };

/** Signals this close together are one: npm passes on the Ctrl-C that the terminal has already sent to all. */
const SAME_SIGNAL_MS = 500;

/** How long a host file that handles a failed start may take before the process ends. */
const FAILED_START_GRACE_MS = 1_000;

/**
 * Ties a backend to its process.
 *
 * - SIGTERM and SIGINT stop it and end the process with code 0. A second signal ends it at once.
 * - A rejection that nobody handles belongs to the plugin in whose context it arose. It is logged and shows in the
 *   state of that plugin; everything goes on.
 * - After an uncaught exception nothing can be relied upon: the backend stops and the process ends with code 1. One in work
 *   for an upgraded connection ends that connection and belongs to the plugin, like a rejection.
 * - A failed start ends the process with code 1, also when the host file does not await it.
 */
export function installProcessHandlers(target: ProcessTarget): ProcessHandlers {
  const handlers = new InstalledHandlers(target);
  handlers.install();
  return handlers;
}

class InstalledHandlers implements ProcessHandlers {
  readonly #target: ProcessTarget;
  readonly #listeners: readonly (readonly [string, (thrown: unknown) => void])[];
  #signalledAt: number | undefined;
  #startError: unknown;

  constructor(target: ProcessTarget) {
    this.#target = target;
    this.#listeners = [
      ['SIGINT', () => this.#onSignal('SIGINT')],
      ['SIGTERM', () => this.#onSignal('SIGTERM')],
      ['unhandledRejection', (reason) => this.#onRejection(reason)],
      ['uncaughtException', (error) => this.#onException(error)],
    ];
  }

  install(): void {
    for (const [event, listener] of this.#listeners) process.on(event, listener);
  }

  remove(): void {
    for (const [event, listener] of this.#listeners) process.off(event, listener);
  }

  startFailed(error: unknown): void {
    this.#startError = error;
    if (isInterruption(error)) return;
    process.exitCode = 1;
    // Not for a host file that has nothing left to do: that ends by itself.
    setTimeout(() => process.exit(1), FAILED_START_GRACE_MS).unref();
  }

  #onSignal(signal: ExitSignal): void {
    const now = performance.now();
    if (this.#signalledAt !== undefined) {
      if (now - this.#signalledAt > SAME_SIGNAL_MS) process.exit(FORCED_EXIT[signal]);
      return;
    }
    this.#signalledAt = now;
    this.#target.logger.info(`Stopping because of ${signal}; send it again to force an end`);
    void this.#target.stop().then(() => process.exit(process.exitCode ?? 0));
  }

  #onRejection(reason: unknown): void {
    if (this.#isStartError(reason)) return;
    const { attribute, reportFault, logger } = this.#target;
    const pluginId = attribute(reason);
    if (pluginId !== undefined) reportFault(pluginId, reason);
    else logger.error('A rejection outside of any plugin was not handled', toError(reason));
  }

  #onException(error: unknown): void {
    // Node.js reports a rejected top-level `await backend.start()` as an exception.
    if (this.#isStartError(error)) return;
    const { attribute, reportFault, logger } = this.#target;
    const pluginId = attribute(error);
    const connection = executionContext.current()?.connection;
    if (connection && pluginId !== undefined) {
      connection.destroy();
      reportFault(pluginId, error);
      return;
    }
    const where = pluginId === undefined ? 'outside of any plugin' : `in plugin '${pluginId}'`;
    logger.error(`An exception ${where} was not caught; the process stops`, toError(error));
    process.exitCode = 1;
    void this.#target.stop().then(() => process.exit(1));
  }

  /** Nobody handled the failure of the start, so it is up to us to tell. */
  #isStartError(error: unknown): boolean {
    if (error === undefined || error !== this.#startError) return false;
    if (!isInterruption(error)) {
      // What failed in the start has been logged as it failed.
      const text = error instanceof BackendStartupError ? formatHeadline(error) : formatError(error);
      process.stderr.write(`${text}\n`);
      process.exit(1);
    }
    return true;
  }
}

function isInterruption(error: unknown): boolean {
  return isErrorLike(error) && error.code === 'ERR_RUNTIME_START_INTERRUPTED';
}
