import { executionContext, type LoggerService } from '@bulkhead/backend-plugin-api';
import type { JsonObject } from '@bulkhead/types';
import { recordCalls, type Recorded } from '../recorded-calls.ts';
import type { MockPluginOptions } from './mock-service.ts';

/** How much a log line matters. */
export type LogLevel = 'error' | 'warn' | 'info' | 'debug';

/** A log line as data. */
export interface LogLine {
  readonly level: LogLevel;
  readonly message: string;
  /** What the line and the loggers that it came through added. */
  readonly meta: JsonObject;
  /** The error that was logged, if one was. */
  readonly error?: Error;
  /** The plugin that logged it, as far as known. */
  readonly pluginId?: string;
}

/** Configuration of a mock logger. */
export interface MockLoggerOptions extends MockPluginOptions {
  /** Also writes each line to the standard error stream, to watch a test. Defaults to false. */
  readonly print?: boolean;
  /** What is added to each line. */
  readonly meta?: JsonObject;
}

/** A logger that keeps its lines, and those of its children, to be looked at. */
export type MockLogger = Recorded<
  LoggerService,
  {
    /** The lines so far, in order. */
    readonly lines: readonly LogLine[];
    /** The messages so far, in order; of one level, if one is given. */
    messages(level?: LogLevel): string[];
    /** Forgets the lines so far. */
    clearLines(): void;
  }
>;

/** @internal */
export function createMockRootLogger(options: Omit<MockLoggerOptions, 'pluginId'>): MockLogger {
  return createMockLogger(options);
}

/** @internal */
export function createMockLogger({ pluginId, meta = {}, print = false }: MockLoggerOptions): MockLogger {
  const lines: LogLine[] = [];
  const add = (line: LogLine): void => {
    lines.push(line);
    if (print) process.stderr.write(`${formatLine(line)}\n`);
  };
  return recordCalls<LoggerService, Pick<MockLogger, 'lines' | 'messages' | 'clearLines'>>(
    new LineLogger(add, { ...(pluginId !== undefined && { plugin: pluginId }), ...meta }),
    {
      lines,
      messages: (level) => lines.filter((line) => !level || line.level === level).map((line) => line.message),
      clearLines: () => void lines.splice(0),
    },
  );
}

class LineLogger implements LoggerService {
  readonly #add: (line: LogLine) => void;
  readonly #meta: JsonObject;

  constructor(add: (line: LogLine) => void, meta: JsonObject) {
    this.#add = add;
    this.#meta = meta;
  }

  error(message: string, meta?: Error | JsonObject): void {
    this.#log('error', message, meta);
  }

  warn(message: string, meta?: Error | JsonObject): void {
    this.#log('warn', message, meta);
  }

  info(message: string, meta?: Error | JsonObject): void {
    this.#log('info', message, meta);
  }

  debug(message: string, meta?: Error | JsonObject): void {
    this.#log('debug', message, meta);
  }

  child(meta: JsonObject): LoggerService {
    return new LineLogger(this.#add, { ...this.#meta, ...meta });
  }

  #log(level: LogLevel, message: string, given: Error | JsonObject = {}): void {
    const error = given instanceof Error ? given : undefined;
    const meta: JsonObject = { ...this.#meta, ...(error ? undefined : (given as JsonObject)) };
    const pluginId = typeof meta.plugin === 'string' ? meta.plugin : executionContext.current()?.pluginId;
    this.#add({ level, message, meta, ...(error && { error }), ...(pluginId !== undefined && { pluginId }) });
  }
}

function formatLine({ level, message, pluginId = 'host', error }: LogLine): string {
  return `${level} ${pluginId}: ${message}${error ? `\n${error.stack ?? error.message}` : ''}`;
}
