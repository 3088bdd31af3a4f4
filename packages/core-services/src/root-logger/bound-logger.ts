import { types } from 'node:util';
import { executionContext, type LoggerService } from '@bulkhead/backend-plugin-api';
import type { JsonObject } from '@bulkhead/types';
import { LevelRules, type LevelDecision } from './level-rules.ts';
import { SEVERITIES, type LogLevel } from './log-level.ts';
import { createRecord, toMetaFields, type LogRecord } from './log-record.ts';
import { LogValueReader, type LogObject, type LogValue } from './log-value.ts';
import type { LoggerSettings } from './logger-settings.ts';
import { createRedactor, type Redactor } from './redactor.ts';

type Meta = Error | JsonObject;

/** What holds for all loggers of the process until the configuration changes. */
export interface LogState {
  readonly rules: LevelRules;
  readonly reader: LogValueReader;
  readonly redact: Redactor;
  /** Fields of every line. */
  readonly meta: LogObject;
}

/** Where the lines of all loggers of the process come together. */
export interface LogSink {
  state: LogState;
  write(record: LogRecord): void;
}

/** The state that follows from settings and secrets. */
export function createLogState(settings: LoggerSettings, secrets: Iterable<string>): LogState {
  const redact = createRedactor(secrets);
  const reader = new LogValueReader(redact);
  return { rules: new LevelRules(settings), reader, redact, meta: toMetaFields(reader.value(settings.meta)) };
}

/** What follows for one logger from the state of all. */
interface LoggerState {
  readonly of: LogState;
  readonly decision: LevelDecision;
  readonly bindings: LogObject;
}

/** A logger with fields for each of its lines. */
export class BoundLogger implements LoggerService {
  readonly #sink: LogSink;
  readonly #bindings: LogObject;
  #state: LoggerState | undefined;

  constructor(sink: LogSink, bindings: LogObject) {
    this.#sink = sink;
    this.#bindings = bindings;
  }

  error(message: string, meta?: Meta): void {
    this.#log('error', message, meta);
  }

  warn(message: string, meta?: Meta): void {
    this.#log('warn', message, meta);
  }

  info(message: string, meta?: Meta): void {
    this.#log('info', message, meta);
  }

  debug(message: string, meta?: Meta): void {
    this.#log('debug', message, meta);
  }

  child(meta: JsonObject): LoggerService {
    const { plugin } = this.#bindings;
    // Copied, so that a later change does not show; secrets are taken out when a line is written, as they are then.
    const fields = toMetaFields(PLAIN_READER.value(meta));
    // A plugin cannot write in the name of another one.
    return new BoundLogger(this.#sink, { ...this.#bindings, ...fields, ...(plugin !== undefined && { plugin }) });
  }

  #log(level: LogLevel, message: unknown, meta: unknown): void {
    const severity = SEVERITIES[level];
    const { decision, bindings, of } = this.#current();
    if (severity > decision.limit) return;
    // Callers in plain JavaScript log errors as messages.
    const isError = types.isNativeError(message) && meta === undefined;
    const record = createRecord({
      level,
      message: describeMessage(of.reader.value(isError ? message.message : message)),
      context: { ...of.meta, ...contextFields(of.reader) },
      bindings,
      meta: toMetaFields(of.reader.value(isError ? message : meta)),
    });
    if (decision.admits(severity, () => record)) this.#sink.write(record);
  }

  #current(): LoggerState {
    const { state } = this.#sink;
    if (this.#state?.of !== state) {
      const bindings = toMetaFields(state.reader.value(this.#bindings));
      this.#state = { of: state, decision: state.rules.decide(this.#bindings), bindings };
    }
    return this.#state;
  }
}

const PLAIN_READER = new LogValueReader((text) => text);

function contextFields(reader: LogValueReader): LogObject {
  const context = executionContext.current();
  if (!context) return {};
  const { pluginId, requestId } = context;
  return { plugin: pluginId, ...(requestId !== undefined && { requestId: reader.text(requestId) }) };
}

function describeMessage(message: LogValue | undefined): string {
  return typeof message === 'string' ? message : (JSON.stringify(message) ?? '');
}
