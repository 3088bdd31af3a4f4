import type { JsonObject } from '@bulkhead/types';

/** Writes log lines. A plugin's logger adds the plugin's id to each. */
export interface LoggerService {
  /** Something failed and somebody should look at it. */
  error(message: string, meta?: Error | JsonObject): void;
  /** Something is wrong, the work goes on. */
  warn(message: string, meta?: Error | JsonObject): void;
  /** Something noteworthy happened. */
  info(message: string, meta?: Error | JsonObject): void;
  /** Details for whoever looks for a fault. */
  debug(message: string, meta?: Error | JsonObject): void;
  /** A logger that adds `meta` to each line. */
  child(meta: JsonObject): LoggerService;
}

/** The logger of the process, from which each plugin's logger is made. */
export interface RootLoggerService extends LoggerService {}
