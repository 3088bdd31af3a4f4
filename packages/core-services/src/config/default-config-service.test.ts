import { describe, expect, it } from '@jest/globals';
import { describeConfigService } from '@bulkhead/backend-test-utils/contracts';
import { ConfigReader, createMutableConfig, invalidConfigValue, readDuration } from '@bulkhead/config';
import type { JsonObject } from '@bulkhead/types';
import { DefaultConfigService } from './default-config-service.ts';

describeConfigService('DefaultConfigService', (section) => {
  const dataFor = (todo: JsonObject | undefined): JsonObject => ({ other: { pageSize: 1 }, ...(todo && { todo }) });
  const { config, set } = createMutableConfig(dataFor(section));
  return { service: new DefaultConfigService(config, 'todo'), update: (next) => void set(dataFor(next)) };
});

const DATA: JsonObject = {
  todo: { n: '5', b: 'yes', s: 'text', list: ['a'], objects: [{ a: 1 }], section: { deep: 1 }, time: 'soon' },
};

describe('DefaultConfigService', () => {
  const service = new DefaultConfigService(new ConfigReader(DATA), 'todo');
  const empty = new DefaultConfigService(new ConfigReader(DATA), 'absent');

  it('reads values of all types', () => {
    expect(service.getNumber('n')).toBe(5);
    expect(service.getOptionalNumber('n')).toBe(5);
    expect(service.getBoolean('b')).toBe(true);
    expect(service.getOptionalBoolean('b')).toBe(true);
    expect(service.getString('s')).toBe('text');
    expect(service.getStringArray('list')).toEqual(['a']);
    expect(service.getOptionalStringArray('list')).toEqual(['a']);
    expect(service.getConfigArray('objects').map((one) => one.getNumber('a'))).toEqual([1]);
    expect(service.getOptionalConfigArray('objects')).toHaveLength(1);
    expect(service.getConfig('section').getNumber('deep')).toBe(1);
    expect(service.getOptionalConfig('section.deeper')).toBeUndefined();
    expect(service.get('section')).toEqual({ deep: 1 });
    expect(service.getOptional('section.deep')).toBe(1);
    expect(service.get()).toEqual(DATA.todo);
    expect(service.getOptional()).toEqual(DATA.todo);
  });

  it('reads an empty object where there is no section', () => {
    expect([empty.get(), empty.getOptional(), empty.getOptional('x')]).toEqual([{}, {}, undefined]);
  });

  it('names keys in full in every error', () => {
    expect(() => service.getNumber('s')).toThrow("'todo.s' must be a number");
    expect(() => readDuration(service, 'time')).toThrow("'todo.time' must be a duration");
    expect(() => empty.getConfig('x.y')).toThrow("'absent.x.y' is missing");
    expect(invalidConfigValue(service, 's', { expected: 'an URL' }).message).toContain("'todo.s'");
  });

  it('sees nothing of other sections', () => {
    expect(empty.has('todo')).toBe(false);
    expect(() => empty.has('../todo')).toThrow(expect.objectContaining({ code: 'ERR_CONFIG_KEY' }));
  });

  it('tells only about changes of its own section, until told to stop', () => {
    const { config, set } = createMutableConfig({ other: 1 });
    let told = 0;
    const subscription = new DefaultConfigService(config, 'todo').subscribe(() => void told++);
    set({ other: 2 });
    expect(told).toBe(0);
    set({ other: 2, todo: { a: 1 } });
    set({ other: 2 });
    expect(told).toBe(2);
    subscription.unsubscribe();
    set({ todo: {} });
    expect(told).toBe(2);
  });

  it('reads a configuration that does not change', () => {
    const fixed = Object.assign(new ConfigReader({}), { subscribe: undefined });
    expect(() => new DefaultConfigService(fixed, 'todo').subscribe(() => {}).unsubscribe()).not.toThrow();
  });
});
