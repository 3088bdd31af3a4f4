import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { executionContext } from '@bulkhead/backend-plugin-api';
import { describeRootLoggerService } from '@bulkhead/backend-test-utils/contracts';
import { ConfigReader } from '@bulkhead/config';
import { NotFoundError, ProblemsError } from '@bulkhead/errors';
import type { JsonObject } from '@bulkhead/types';
import winston from 'winston';
import Transport from 'winston-transport';
import { DefaultRootLoggerService } from './default-root-logger-service.ts';
import { readLoggerSettings } from './logger-settings.ts';

interface Options {
  readonly logger?: JsonObject;
  readonly secrets?: readonly string[];
  readonly terminal?: boolean;
}

function createLogger({ logger: section = {}, secrets, terminal = false }: Options = {}) {
  const stream = Object.assign(new PassThrough(), { isTTY: terminal, hasColors: () => true });
  const config = new ConfigReader({ backend: { logger: { level: 'debug', ...section } } });
  const logger = new DefaultRootLoggerService({ settings: readLoggerSettings(config, {}), secrets, stream });
  const text = (): string => String(stream.read() ?? '');
  const json = (): Record<string, unknown>[] => readLines(text());
  return { logger, text, json };
}

const createJsonLogger = (options: Options = {}) =>
  createLogger({ ...options, logger: { ...options.logger, format: 'json' } });

function readLines(text: string): Record<string, unknown>[] {
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

const PREFIX = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`;

describeRootLoggerService('DefaultRootLoggerService', () => {
  const { logger, json } = createJsonLogger();
  let lines: Record<string, unknown>[] = [];
  return {
    service: logger,
    lines() {
      lines = [...lines, ...json()];
      return lines.map(({ level, message, plugin, error, ...meta }) => ({
        level: String(level),
        message: String(message),
        pluginId: plugin as string | undefined,
        error: error as { name: string; message: string } | undefined,
        meta: meta as JsonObject,
      }));
    },
  };
});

describe('JSON lines', () => {
  it('begin with time, level and message', () => {
    const { logger, text } = createJsonLogger();
    logger.info('Ready', { port: 7007 });
    expect(text()).toMatch(new RegExp(`^{"timestamp":"${PREFIX}","level":"info","message":"Ready","port":7007}\n$`));
  });

  it('have the errors with code, hint and causes', () => {
    const { logger, json } = createJsonLogger();
    const error = new NotFoundError('No todo', { hint: 'Look elsewhere', cause: new TypeError('deep') });
    logger.error('Failed', error);
    logger.error('Failed', { id: 5, reason: error } as never);
    const expected = {
      name: 'NotFoundError',
      message: 'No todo',
      code: 'ERR_HTTP_NOT_FOUND',
      hint: 'Look elsewhere',
      cause: { name: 'TypeError', message: 'deep' },
    };
    expect(json()).toMatchObject([
      { message: 'Failed', error: expected },
      { message: 'Failed', id: 5, reason: expected },
    ]);
  });

  it('have the request id and the plugin of the running code', () => {
    const { logger, json } = createJsonLogger();
    executionContext.run({ pluginId: 'todo', requestId: 'r1' }, () => logger.info('x'));
    expect(json()).toMatchObject([{ plugin: 'todo', requestId: 'r1' }]);
  });

  it('have the configured fields', () => {
    const { logger, json } = createJsonLogger({ logger: { meta: { region: 'eu' } } });
    logger.info('x');
    expect(json()).toMatchObject([{ region: 'eu' }]);
  });

  it('cannot be made to lie about who wrote them and when', () => {
    const { logger, json } = createJsonLogger();
    const todo = logger.child({ plugin: 'todo' });
    todo.child({ plugin: 'other', level: 'debug' }).info('x', { message: 'y', plugin: 'another', exception: true });
    expect(json()).toMatchObject([
      { level: 'info', message: 'x', plugin: 'todo', level_: 'debug', message_: 'y', plugin_: 'another' },
    ]);
  });

  it('are one line each, whatever they contain', () => {
    const { logger, text } = createJsonLogger();
    logger.info('a\n{"level":"error"}\u2028\u0085\u202e', { 'k\n': 'v\r\n' });
    const written = text();
    expect(written.split(/[\n\r\u2028\u0085]/)).toHaveLength(2);
    expect(readLines(written)).toMatchObject([{ message: 'a\n{"level":"error"}\u2028\u0085\u202e', 'k\n': 'v\r\n' }]);
  });
});

describe('readable text', () => {
  it('is time, level, plugin, message and fields', () => {
    const { logger, text } = createLogger();
    logger.child({ plugin: 'todo' }).warn('Slow query', { ms: 120, query: 'select 1', ok: true });
    expect(text()).toMatch(new RegExp(`^${PREFIX} warn  \\[todo] Slow query ms=120 query="select 1" ok=true\n$`));
  });

  it('does not repeat what the message says', () => {
    const { logger, text } = createLogger();
    logger.info('GET /todos 200', { method: 'GET', status: 200, bytes: 20 });
    expect(text().trimEnd()).toMatch(/GET \/todos 200 bytes=20$/);
  });

  it('has colours at a terminal only', () => {
    const { logger, text } = createLogger({ terminal: true });
    logger.info('x');
    // eslint-disable-next-line no-control-regex
    expect(text()).toMatch(/\u001b\[2m\d\d:\d\d:\d\d\.\d{3}\u001b\[0m \u001b\[32minfo /);
    const plain = createLogger();
    plain.logger.info('x');
    expect(plain.text()).not.toContain('\u001b');
  });

  it('shows what could forge a line or steer the terminal', () => {
    const { logger, text } = createLogger();
    const forged = '2026-01-01T00:00:00.000Z error [auth] Broken in';
    logger.info(`a\n${forged}\u001b[2J\r`, { key: `v\n${forged}` });
    const [first, second, ...rest] = text().split('\n');
    expect(first).toContain(`key="v\\n${forged}"`);
    expect(second).toBe(`    | ${forged}\\u001b[2J\\r`);
    expect(rest).toEqual(['']);
  });

  it('shows the stack of an error that nothing explains', () => {
    const { logger, text } = createLogger();
    const cause = Object.assign(new TypeError('x is undefined'), { stack: 'TypeError: …\n    at f (file.js:1:1)' });
    logger.error('Failed', new Error('Broken', { cause }));
    expect(text().split('\n').slice(1)).toEqual([
      '    | Error: Broken',
      '    |   cause: TypeError: x is undefined',
      '    |     at f (file.js:1:1)',
      '',
    ]);
  });

  it('shows errors below the line: code, hint, causes, and no stack where a hint says what to do', () => {
    const { logger, text } = createLogger();
    const cause = Object.assign(new TypeError('refused\nreally'), { code: 'ECONNREFUSED' });
    cause.stack = 'TypeError: refused\n    at connect (file.js:1:1)';
    logger.error('Failed', new NotFoundError('No todo', { hint: 'Look elsewhere', cause }));
    expect(text().split('\n').slice(1)).toEqual([
      '    | ERR_HTTP_NOT_FOUND: No todo',
      '    |   hint: Look elsewhere',
      '    |   cause: ECONNREFUSED: refused',
      '    |   really',
      '',
    ]);
  });

  it('shows the problems of an error and the errors of an aggregate', () => {
    const { logger, text } = createLogger();
    const problem = { code: 'ERR_A', message: 'a is wrong', hint: 'Mend a', source: { file: 'x.yaml', line: 3 } };
    logger.error('Failed', new ProblemsError('ERR_ALL', 'Much is wrong', [problem], { hint: 'See below' }));
    const inner = new NotFoundError('b', { hint: 'h' });
    logger.error('Failed', Object.assign(new AggregateError([inner, 'c'], 'all'), { hint: 'none' }));
    expect(text()).toContain('    |   - x.yaml:3: a is wrong [ERR_A]\n    |     hint: Mend a\n');
  });
});

describe('secrets', () => {
  const secret = 'p"a$s\\1';

  it.each([createLogger, createJsonLogger])('are taken out of messages, fields, keys and errors', (create) => {
    const { logger, text } = create({ secrets: [secret] });
    const error = new NotFoundError(`refused ${secret}`, { cause: new TypeError(`inner ${secret}`) });
    logger.error(`at ${secret}`, { [secret]: [{ deep: secret }], json: JSON.stringify({ secret }), error } as never);
    logger.child({ bound: secret }).info('x', error);
    executionContext.run({ pluginId: 'todo', requestId: secret }, () => logger.info('x'));
    const written = text();
    expect(written).not.toContain(secret);
    expect(written).not.toContain(JSON.stringify(secret).slice(1, -1));
    expect(written).toContain('at ***');
    expect(written).toContain('refused ***');
    expect(written).toContain('inner ***');
  });
});

describe('a change of the settings', () => {
  it('holds for loggers that exist', () => {
    const { logger, json } = createJsonLogger({ logger: { level: 'info' } });
    const todo = logger.child({ plugin: 'todo', password: 'hunter2' });
    todo.debug('before');
    const settings = { level: 'warn', levels: { todo: 'debug' }, format: 'json' };
    logger.configure(readLoggerSettings(new ConfigReader({ backend: { logger: settings } }), {}), ['hunter2']);
    logger.info('root');
    todo.debug('after');
    expect(json()).toMatchObject([{ message: 'after', password: '***' }]);
  });

  it('changes the format', () => {
    const { logger, text } = createJsonLogger();
    logger.configure(readLoggerSettings(new ConfigReader({}), {}), []);
    logger.info('x');
    expect(text()).toMatch(/ info {2}x\n$/);
  });
});

describe('logging', () => {
  it('never throws', () => {
    const { logger, json } = createJsonLogger();
    const throws = (): never => {
      throw new TypeError('no');
    };
    const hostile = new Proxy({}, { get: throws, ownKeys: throws, getPrototypeOf: throws });
    for (const message of [undefined, null, Symbol('s'), Object.create(null), hostile, 5n] as never[]) {
      logger.info(message, hostile);
      logger.child(hostile).warn('x', message);
    }
    expect(json().length).toBeGreaterThan(6);
  });

  it('takes an error for a message', () => {
    const { logger, json } = createJsonLogger();
    logger.error(new TypeError('y') as never);
    expect(json()).toMatchObject([{ message: 'y', error: { name: 'TypeError' } }]);
  });

  it('does nothing with the fields of a line that is not written', () => {
    const { logger, text } = createLogger({ logger: { level: 'info' } });
    let reads = 0;
    const meta = Object.defineProperty({}, 'a', { enumerable: true, get: () => (reads += 1) });
    logger.debug('x', meta);
    expect([reads, text()]).toEqual([0, '']);
  });

  it('can go to other transports, in other formats, without secrets', () => {
    const seen: unknown[] = [];
    class Memory extends Transport {
      override log(info: unknown, next: () => void): void {
        seen.push(info);
        next();
      }
    }
    const logger = new DefaultRootLoggerService({
      settings: readLoggerSettings(new ConfigReader({}), {}),
      secrets: ['hunter2'],
      transports: [new Memory()],
      format: winston.format.label({ label: 'here' }),
    });
    logger.info('hunter2', { a: 1 });
    expect(seen).toMatchObject([{ level: 'info', message: '***', a: 1, label: 'here' }]);
  });
});
