import { describe, expect, it } from '@jest/globals';
import { mockServices } from '../index.ts';

describe('mockServices.rootConfig', () => {
  it('tells subscribers of an update', () => {
    const config = mockServices.rootConfig({ data: { a: { b: 1 } } });
    let told = 0;
    config.subscribe(() => told++);
    config.update({ data: { a: { b: 2 } } });
    expect(told).toBe(1);
    expect(config.getConfig('a').getNumber('b')).toBe(2);
    expect(config.callsTo('getConfig')).toEqual([['a']]);
  });
});

describe('mockServices.config', () => {
  it('is a section that can be updated', () => {
    const config = mockServices.config({ pluginId: 'todo', data: { pageSize: 5 } });
    config.update({ data: { pageSize: 6 } });
    expect(config.getNumber('pageSize')).toBe(6);
    expect(() => config.getString('title')).toThrow("'todo.title'");
  });
});
