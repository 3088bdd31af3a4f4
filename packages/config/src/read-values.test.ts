import { describe, expect, it } from '@jest/globals';
import type { Config } from './index.ts';
import {
  ConfigReader,
  invalidConfigValue,
  readBytes,
  readDuration,
  readOptionalBytes,
  readOptionalDuration,
} from './index.ts';

const config = new ConfigReader(
  {
    ttl: { text: '5s', iso: 'PT1M', parts: { minutes: 2 }, number: 250, numeral: '250', bad: 'hunter2' },
    size: { text: '1mb', spaced: '1.5 KB', number: 10, numeral: '512', bad: '1 parsec', worse: [] },
  },
  { sourceOf: (path) => ({ file: 'app-config.yaml', line: path.length }) },
);

describe('readDuration', () => {
  it.each([
    ['ttl.text', 5_000],
    ['ttl.iso', 60_000],
    ['ttl.parts', 120_000],
    ['ttl.number', 250],
    ['ttl.numeral', 250],
  ])('reads %s as %i ms', (key, expected) => {
    expect(readDuration(config, key)).toBe(expected);
  });

  it('names a bad one, without its value', () => {
    expect(() => readDuration(config.getConfig('ttl'), 'bad')).toThrow(
      expect.objectContaining({
        code: 'ERR_CONFIG_VALUE',
        message: "Configuration key 'ttl.bad' must be a duration (app-config.yaml:2)",
      }),
    );
  });

  it('may be missing or not', () => {
    expect(readOptionalDuration(config, 'nope')).toBeUndefined();
    expect(() => readDuration(config, 'nope')).toThrow(expect.objectContaining({ code: 'ERR_CONFIG_MISSING' }));
  });
});

describe('readBytes', () => {
  it.each([
    ['size.text', 1_048_576],
    ['size.spaced', 1_536],
    ['size.number', 10],
    ['size.numeral', 512],
  ])('reads %s as %i bytes', (key, expected) => {
    expect(readBytes(config, key)).toBe(expected);
  });

  it.each(['size.bad', 'size.worse'])('refuses %s', (key) => {
    expect(() => readBytes(config, key)).toThrow(expect.objectContaining({ code: 'ERR_CONFIG_VALUE' }));
  });

  it('may be missing or not', () => {
    expect(readOptionalBytes(config, 'nope')).toBeUndefined();
    expect(() => readBytes(config, 'nope')).toThrow(expect.objectContaining({ code: 'ERR_CONFIG_MISSING' }));
  });
});

describe('invalidConfigValue', () => {
  it('names the full key and its place', () => {
    const error = invalidConfigValue(config.getConfig('size'), 'text', { expected: 'at most 1kb', hint: 'Less.' });
    expect(error).toMatchObject({
      code: 'ERR_CONFIG_VALUE',
      message: "Configuration key 'size.text' must be at most 1kb (app-config.yaml:2)",
      hint: 'Less.',
    });
  });

  it('makes do with the key for a foreign reader', () => {
    const foreign = { getOptional: () => undefined, get: () => undefined } as unknown as Config;
    expect(invalidConfigValue(foreign, 'a', { expected: 'odd' }).message).toBe("Configuration key 'a' must be odd");
    expect(() => readBytes(foreign, 'a')).toThrow(expect.objectContaining({ code: 'ERR_CONFIG_MISSING' }));
  });
});
