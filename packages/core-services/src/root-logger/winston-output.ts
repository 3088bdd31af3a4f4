import { createRequire } from 'node:module';
import type { Logger, transport } from 'winston';
import { winstonMissing } from './errors.ts';
import { LOG_LEVELS, severityOf } from './log-level.ts';
import { reportLostLine, type LineFormat, type LogOutput } from './log-output.ts';
import type { LogRecord } from './log-record.ts';

type Winston = Pick<typeof import('winston'), 'createLogger'>;

/** Hands lines to transports of winston, which is loaded for that. */
export class WinstonOutput implements LogOutput {
  readonly #logger: Logger;

  /** @throws BulkheadError `ERR_LOGGER_WINSTON` when winston is not installed */
  constructor(transports: readonly transport[], format: LineFormat, load = requireWinston) {
    this.#logger = loaded(load).createLogger({
      // What is written is decided before winston is asked.
      level: 'debug',
      levels: Object.fromEntries(LOG_LEVELS.map((level) => [level, severityOf(level)])),
      transports: [...transports],
      format,
    });
    this.#logger.on('error', reportLostLine);
  }

  write(record: LogRecord): void {
    this.#logger.write(record);
  }

  /** Transports do not tell when they have written. */
  async flush(): Promise<void> {}
}

function requireWinston(): Winston {
  return createRequire(import.meta.url)('winston') as Winston;
}

function loaded(load: () => Winston): Winston {
  try {
    return load();
  } catch (error) {
    throw winstonMissing(error);
  }
}
