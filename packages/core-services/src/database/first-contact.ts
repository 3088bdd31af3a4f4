import type { LoggerService } from '@bulkhead/backend-plugin-api';
import { setTimeout as delay } from 'node:timers/promises';
import { failureKind, failureReason, toConnectError } from './connection-failure.ts';
import type { ConnectionSettings } from './database-settings.ts';
import { databaseUnreachable } from './errors.ts';

/** Options of {@link makeFirstContact}. */
export interface FirstContactOptions {
  readonly server: ConnectionSettings;
  /** Milliseconds until it is given up. */
  readonly timeout: number;
  readonly logger: LoggerService;
  /** Ends the attempts early. */
  readonly signal: AbortSignal;
}

const FIRST_PAUSE = 100;
const LAST_PAUSE = 3_000;

/**
 * Repeats `attempt` while the server is not there: it may just be starting. A wrong password will not become right, so
 * that and the like fail at once.
 *
 * @throws BulkheadError `ERR_DATABASE_UNREACHABLE`, `ERR_DATABASE_AUTHENTICATION`, `ERR_DATABASE_NOT_FOUND`,
 * `ERR_DATABASE_ENCRYPTION`
 */
export async function makeFirstContact<T>(options: FirstContactOptions, attempt: () => Promise<T>): Promise<T> {
  const { server, timeout, logger, signal } = options;
  const deadline = performance.now() + timeout;
  for (let pause = FIRST_PAUSE; ; pause = Math.min(LAST_PAUSE, pause * 2)) {
    try {
      return await attempt();
    } catch (error) {
      if (failureKind(error) === 'statement') {
        throw error;
      }
      if (failureKind(error) !== 'connection') {
        throw toConnectError(error, server);
      }
      const left = deadline - performance.now();
      if (left <= 0 || signal.aborted) {
        throw databaseUnreachable(server.address, timeout / 1_000, error);
      }
      const seconds = Math.ceil(left / 1_000);
      logger.warn(
        `PostgreSQL at ${server.address} cannot be reached: ${failureReason(error)}. Trying for another ${seconds} s.`,
      );
      await delay(Math.min(pause, left), undefined, { signal }).catch(() => undefined);
    }
  }
}
