import type { LoggerService, RootLoggerService } from '@bulkhead/backend-plugin-api';
import type { JsonObject } from '@bulkhead/types';
import winston from 'winston';
import { BoundLogger, createLogState, type LogSink } from './bound-logger.ts';
import { formatJsonLine } from './json-lines.ts';
import { LOG_LEVELS, severityOf } from './log-level.ts';
import type { LogRecord } from './log-record.ts';
import type { LoggerSettings } from './logger-settings.ts';
import { createDropListener } from './dropped-lines.ts';
import { formatReadableText } from './readable-text.ts';
import { RenderedLines, type RenderedLinesSource } from './rendered-lines.ts';
import { LineWriter, type LineStream } from './line-writer.ts';
import { MESSAGE, StreamTransport } from './stream-transport.ts';

type Meta = Error | JsonObject;

/** What {@link DefaultRootLoggerService} is made from. */
export interface RootLoggerOptions {
  readonly settings: LoggerSettings;
  /** Replaced by `***` wherever they appear. */
  readonly secrets?: Iterable<string>;
  /** Where lines go. Default: standard output. */
  readonly stream?: LineStream;
  /** Winston transports instead of the stream. What reaches them is free of secrets. */
  readonly transports?: readonly winston.transport[];
  /** A winston format instead of the configured one. */
  readonly format?: winston.Logform.Format;
}

/**
 * The logger of the process, on winston: JSON lines or readable text, levels per plugin, secrets taken out.
 *
 * Logging never throws, whatever is logged.
 */
export class DefaultRootLoggerService implements RootLoggerService, RenderedLinesSource {
  readonly #winston: winston.Logger;
  readonly #writer: LineWriter | undefined;
  readonly #sink: LogSink;
  readonly #logger: LoggerService;
  readonly #hasOwnFormat: boolean;
  #settings: LoggerSettings;

  constructor({ settings, secrets = [], stream = process.stdout, transports, format }: RootLoggerOptions) {
    this.#settings = settings;
    this.#writer = transports ? undefined : writerFor(stream, this);
    this.#hasOwnFormat = format !== undefined;
    const colours = isColourful(stream);
    this.#winston = winston.createLogger({
      // What is written is decided before winston is asked.
      level: 'debug',
      levels: Object.fromEntries(LOG_LEVELS.map((level) => [level, severityOf(level)])),
      transports: this.#writer ? [new StreamTransport(this.#writer)] : [...(transports ?? [])],
      format: format ?? winston.format((info) => this.#render(info as unknown as LogRecord, colours))(),
    });
    this.#winston.on('error', reportLostLine);
    this.#sink = { state: createLogState(settings, secrets), write: (record) => this.#winston.write(record) };
    this.#logger = new BoundLogger(this.#sink, {});
  }

  /** {@inheritDoc RenderedLinesSource.createRenderedLines} */
  createRenderedLines(fields: readonly string[]): RenderedLines | undefined {
    // Other transports and formats have to see each line.
    if (!this.#writer || this.#hasOwnFormat) return undefined;
    return new RenderedLines({
      fields,
      getState: () => (this.#settings.format === 'json' ? this.#sink.state : undefined),
      writer: this.#writer,
    });
  }

  /** Takes over new settings; they hold from the next line on, for the loggers that exist, too. */
  configure(settings: LoggerSettings, secrets: Iterable<string>): void {
    this.#settings = settings;
    this.#sink.state = createLogState(settings, secrets);
  }

  /** Resolves once everything that was logged so far has left the process. */
  async flush(): Promise<void> {
    await this.#writer?.flush();
  }

  /** {@inheritDoc LoggerService.error} */
  error(message: string, meta?: Meta): void {
    this.#logger.error(message, meta);
  }

  /** {@inheritDoc LoggerService.warn} */
  warn(message: string, meta?: Meta): void {
    this.#logger.warn(message, meta);
  }

  /** {@inheritDoc LoggerService.info} */
  info(message: string, meta?: Meta): void {
    this.#logger.info(message, meta);
  }

  /** {@inheritDoc LoggerService.debug} */
  debug(message: string, meta?: Meta): void {
    this.#logger.debug(message, meta);
  }

  /** {@inheritDoc LoggerService.child} */
  child(meta: JsonObject): LoggerService {
    return this.#logger.child(meta);
  }

  #render(record: LogRecord, colours: boolean): winston.Logform.TransformableInfo {
    const line = this.#settings.format === 'json' ? formatJsonLine(record) : formatReadableText(record, { colours });
    return Object.assign(record, { [MESSAGE]: line }) as unknown as winston.Logform.TransformableInfo;
  }
}

const writers = new WeakMap<LineStream, LineWriter>();

/** One per stream, however many loggers there are: they take turns. */
function writerFor(stream: LineStream, logger: LoggerService): LineWriter {
  const writer = writers.get(stream) ?? new LineWriter(stream, createDropListener(logger));
  writers.set(stream, writer);
  return writer;
}

function isColourful(stream: LineStream): boolean {
  // Knows about NO_COLOR and TERM, too.
  const terminal: Partial<Pick<NodeJS.WriteStream, 'isTTY'> & { hasColors(): boolean }> = stream as object;
  return terminal.isTTY === true && (terminal.hasColors?.() ?? true);
}

/** A transport that fails must not take the process with it. */
function reportLostLine(error: Error): void {
  process.stderr.write(`A line could not be logged: ${error.message}\n`, () => {});
}
