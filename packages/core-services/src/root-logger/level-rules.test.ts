import { describe, expect, it } from '@jest/globals';
import { ConfigReader } from '@bulkhead/config';
import type { JsonObject } from '@bulkhead/types';
import { LevelRules } from './level-rules.ts';
import { severityOf, type LogLevel } from './log-level.ts';
import { readLoggerSettings } from './logger-settings.ts';

function isWritten(logger: JsonObject, level: LogLevel, fields: JsonObject, bound: JsonObject = fields): boolean {
  const rules = new LevelRules(readLoggerSettings(new ConfigReader({ backend: { logger } }), {}));
  const decision = rules.decide(bound);
  return severityOf(level) <= decision.limit && decision.admits(severityOf(level), () => fields);
}

describe('LevelRules', () => {
  it('writes lines of the level and of more important ones', () => {
    expect(isWritten({ level: 'warn' }, 'error', {})).toBe(true);
    expect(isWritten({ level: 'warn' }, 'warn', {})).toBe(true);
    expect(isWritten({ level: 'warn' }, 'info', {})).toBe(false);
    expect(isWritten({}, 'info', {})).toBe(true);
    expect(isWritten({}, 'debug', {})).toBe(false);
    expect(isWritten({ level: 'silent' }, 'error', {})).toBe(false);
  });

  it('knows a level per plugin', () => {
    const logger = { level: 'warn', levels: { todo: 'debug', noisy: 'silent' } };
    expect(isWritten(logger, 'debug', { plugin: 'todo' })).toBe(true);
    expect(isWritten(logger, 'error', { plugin: 'noisy' })).toBe(false);
    expect(isWritten(logger, 'info', { plugin: 'other' })).toBe(false);
    expect(isWritten(logger, 'info', {})).toBe(false);
  });

  it('lets the first override that matches win', () => {
    const logger = {
      levels: { todo: 'error' },
      overrides: [
        { matchers: { plugin: 'todo', part: ['db', 'cache'] }, level: 'debug' },
        { matchers: { plugin: '/^to/' }, level: 'warn' },
      ],
    };
    expect(isWritten(logger, 'debug', { plugin: 'todo', part: 'cache' })).toBe(true);
    expect(isWritten(logger, 'warn', { plugin: 'todo', part: 'http' })).toBe(true);
    expect(isWritten(logger, 'info', { plugin: 'todo' })).toBe(false);
    expect(isWritten(logger, 'info', { plugin: 'other' })).toBe(true);
  });

  it('looks at fields that only the line has', () => {
    const overrides = [{ matchers: { plugin: 'todo', message: '/slow/i' }, level: 'debug' }];
    const bound = { plugin: 'todo' };
    expect(isWritten({ overrides }, 'debug', { ...bound, message: 'Slow query' }, bound)).toBe(true);
    expect(isWritten({ overrides }, 'debug', { ...bound, message: 'Query' }, bound)).toBe(false);
    expect(isWritten({ overrides }, 'info', { ...bound, message: 'Query' }, bound)).toBe(true);
    expect(isWritten({ overrides }, 'debug', { message: 'Slow query' }, { plugin: 'other' })).toBe(false);
  });

  it('tests the same regular expression again and again', () => {
    const overrides = [{ matchers: { message: '/slow/g' }, level: 'debug' }];
    expect([1, 2, 3].map(() => isWritten({ overrides }, 'debug', { message: 'slow' }, {}))).toEqual([true, true, true]);
  });
});
