import type { LoggerService, RootLoggerService } from '@bulkhead/backend-plugin-api';
import type { JsonObject } from '@bulkhead/types';
import type { Logform, transport } from 'winston';
import { BoundLogger, createLogState, type LogSink } from './bound-logger.ts';
import { formatJsonLine } from './json-lines.ts';
import { MESSAGE, StreamOutput, type LineFormat, type LogOutput } from './log-output.ts';
import type { LogRecord } from './log-record.ts';
import type { LoggerSettings } from './logger-settings.ts';
import { formatReadableText } from './readable-text.ts';
import { LineWriter, type LineStream } from './line-writer.ts';
import { WinstonOutput } from './winston-output.ts';

type Meta = Error | JsonObject;

/** What {@link DefaultRootLoggerService} is made from. */
export interface RootLoggerOptions {
  readonly settings: LoggerSettings;
  /** Replaced by `***` wherever they appear. */
  readonly secrets?: Iterable<string>;
  /** Where lines go. Default: standard output. */
  readonly stream?: LineStream;
  /** Transports of winston instead of the stream. What reaches them is free of secrets. Needs the package `winston`. */
  readonly transports?: readonly transport[];
  /** A format of winston instead of the configured one. */
  readonly format?: Logform.Format;
}

/**
 * The logger of the process: JSON lines or readable text, levels per plugin, secrets taken out.
 *
 * Logging never throws, whatever is logged.
 */
export class DefaultRootLoggerService implements RootLoggerService {
  readonly #output: LogOutput;
  readonly #sink: LogSink;
  readonly #logger: LoggerService;
  #settings: LoggerSettings;

  constructor({ settings, secrets = [], stream = process.stdout, transports, format }: RootLoggerOptions) {
    this.#settings = settings;
    const lines = format ?? this.#configuredFormat(isColourful(stream));
    this.#output = transports ? new WinstonOutput(transports, lines) : new StreamOutput(writerFor(stream), lines);
    this.#sink = { state: createLogState(settings, secrets), write: (record) => this.#output.write(record) };
    this.#logger = new BoundLogger(this.#sink, {});
  }

  /** Takes over new settings; they hold from the next line on, for the loggers that exist, too. */
  configure(settings: LoggerSettings, secrets: Iterable<string>): void {
    this.#settings = settings;
    this.#sink.state = createLogState(settings, secrets);
  }

  /** Resolves once everything that was logged so far has left the process. */
  async flush(): Promise<void> {
    await this.#output.flush();
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

  #configuredFormat(colours: boolean): LineFormat {
    return {
      transform: (info) => {
        const record = info as unknown as LogRecord;
        const isJson = this.#settings.format === 'json';
        const line = isJson ? formatJsonLine(record) : formatReadableText(record, { colours });
        return Object.assign(info, { [MESSAGE]: line });
      },
    };
  }
}

const writers = new WeakMap<LineStream, LineWriter>();

/** One per stream, however many loggers there are: they take turns. */
function writerFor(stream: LineStream): LineWriter {
  const writer = writers.get(stream) ?? new LineWriter(stream);
  writers.set(stream, writer);
  return writer;
}

function isColourful(stream: LineStream): boolean {
  // Knows about NO_COLOR and TERM, too.
  const terminal: Partial<Pick<NodeJS.WriteStream, 'isTTY'> & { hasColors(): boolean }> = stream as object;
  return terminal.isTTY === true && (terminal.hasColors?.() ?? true);
}
