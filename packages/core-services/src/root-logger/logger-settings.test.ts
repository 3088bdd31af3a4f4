import { describe, expect, it } from '@jest/globals';
import { ConfigReader } from '@bulkhead/config';
import type { JsonObject } from '@bulkhead/types';
import { readLoggerSettings } from './logger-settings.ts';

const read = (logger: JsonObject, environment: Record<string, string> = {}) =>
  readLoggerSettings(new ConfigReader({ backend: { logger } }), environment);

describe('readLoggerSettings', () => {
  it('has defaults', () => {
    expect(readLoggerSettings(new ConfigReader({}), {})).toEqual({
      level: 'info',
      levels: new Map(),
      overrides: [],
      format: 'text',
      meta: {},
    });
  });

  it('lets LOG_LEVEL win over the configured level, and nothing else', () => {
    const settings = read({ level: 'warn', levels: { todo: 'error' } }, { LOG_LEVEL: 'DEBUG' });
    expect(settings.level).toBe('debug');
    expect(settings.levels).toEqual(new Map([['todo', 'error']]));
    expect(read({ level: 'warn' }, { LOG_LEVEL: '' }).level).toBe('warn');
  });

  it('writes JSON in production unless told otherwise', () => {
    expect(read({}, { NODE_ENV: 'production' }).format).toBe('json');
    expect(read({ format: 'text' }, { NODE_ENV: 'production' }).format).toBe('text');
    expect(read({ format: 'json' }).format).toBe('json');
  });

  it('names the level of the environment that does not exist', () => {
    expect(() => read({}, { LOG_LEVEL: 'debgu' })).toThrow(
      expect.objectContaining({
        code: 'ERR_LOGGER_LEVEL',
        message: 'The environment variable LOG_LEVEL is not a log level',
        hint: "Did you mean 'debug'? The levels are silent, error, warn, info, debug.",
      }),
    );
  });

  it.each([
    [{ level: 'loud' }, 'backend.logger.level'],
    [{ levels: { todo: 'loud' } }, 'backend.logger.levels.todo'],
    [{ format: 'xml' }, 'backend.logger.format'],
    [{ overrides: [{ matchers: { plugin: 'x' }, level: 'loud' }] }, 'backend.logger.overrides[0].level'],
    [{ overrides: [{ matchers: { plugin: '/(/' }, level: 'info' }] }, 'backend.logger.overrides[0].matchers.plugin'],
  ])('names the key that is wrong: %j', (logger: JsonObject, key) => {
    expect(() => read(logger)).toThrow(
      expect.objectContaining({ code: 'ERR_CONFIG_VALUE', message: expect.stringContaining(`'${key}'`) }),
    );
  });
});
