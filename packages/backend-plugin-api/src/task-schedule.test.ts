import { describe, expect, it } from '@jest/globals';
import { ConfigReader } from '@bulkhead/config';
import { readTaskScheduleFromConfig } from './task-schedule.ts';

const read = (data: ConstructorParameters<typeof ConfigReader>[0]) =>
  readTaskScheduleFromConfig(new ConfigReader(data));
const invalid = (message: string) =>
  expect.objectContaining({ code: 'ERR_PLUGIN_API_INVALID_SCHEDULE', message, hint: expect.any(String) });

describe('readTaskScheduleFromConfig', () => {
  it('schedule config: full', () => {
    const data = { frequency: { cron: '0 * * * *' }, timeout: 'PT3M', initialDelay: { seconds: 20 }, scope: 'local' };
    expect(read(data)).toEqual(data);
  });

  it('schedule config: required only', () => {
    expect(read({ frequency: '10m', timeout: { minutes: 3 } })).toEqual({ frequency: '10m', timeout: { minutes: 3 } });
  });

  it('reads a task that only runs when triggered', () => {
    expect(read({ frequency: { trigger: 'manual' }, timeout: '1m' }).frequency).toEqual({ trigger: 'manual' });
    expect(() => read({ frequency: { trigger: 'never' }, timeout: '1m' })).toThrow(
      invalid("The task schedule has a frequency with an unknown 'trigger'"),
    );
  });

  it('schedule config: missing frequency/timeout', () => {
    expect(() => read({ timeout: '1m' })).toThrow(invalid("The task schedule lacks 'frequency'"));
    expect(() => read({ frequency: '1m' })).toThrow(invalid("The task schedule lacks 'timeout'"));
  });

  it('schedule config: bad key', () => {
    expect(() => read({ frequency: { minuts: 5 }, timeout: '1m' })).toThrow(
      invalid("The task schedule has a 'frequency' that is not a duration"),
    );
  });

  it('schedule config: bad number', () => {
    expect(() => read({ frequency: { minutes: 'many' }, timeout: '1m' })).toThrow(
      invalid("The task schedule has a 'frequency' that is not a duration"),
    );
  });

  it('schedule config: extra key', () => {
    expect(() => read({ frequency: '1m', timeout: '1m', retries: 3 })).toThrow(
      invalid("The task schedule has the unknown key 'retries'"),
    );
  });

  it('schedule config: bad scope', () => {
    expect(() => read({ frequency: '1m', timeout: '1m', scope: 'galaxy' })).toThrow(
      invalid("The task schedule has an unknown 'scope'"),
    );
  });
});
