import { describe, expect, it, jest } from '@jest/globals';
import { createMutableConfig } from './index.ts';

describe('createMutableConfig', () => {
  it('shows what was set last, through sections taken before', () => {
    const { config, set } = createMutableConfig({ a: { b: 1 } });
    const section = config.getConfig('a');
    expect(set({ a: { b: 2, c: 'new' } })).toBe(true);
    expect(config.getNumber('a.b')).toBe(2);
    expect(section.getNumber('b')).toBe(2);
    expect(section.keys()).toEqual(['b', 'c']);
    set({});
    expect(section.has('b')).toBe(false);
    expect(section.keys()).toEqual([]);
    expect(() => section.getNumber('b')).toThrow("Configuration key 'a.b' is missing");
  });

  it('keeps lists as they were when they were read', () => {
    const { config, set } = createMutableConfig({ list: [{ a: 1 }] });
    const [element] = config.getConfigArray('list');
    set({ list: [{ a: 2 }] });
    expect(element!.getNumber('a')).toBe(1);
  });

  it('tells its subscribers only of a deep change', () => {
    const { config, set } = createMutableConfig({ a: { b: [1, { c: 2 }] } });
    const listener = jest.fn();
    config.subscribe(listener);
    expect(set({ a: { b: [1, { c: 2 }] } })).toBe(false);
    expect(listener).not.toHaveBeenCalled();
    expect(set({ a: { b: [1, { c: 3 }] } })).toBe(true);
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it('tells a subscriber of a section only what concerns the section', () => {
    const { config, set } = createMutableConfig({ a: { x: 1 }, b: { x: 1 } });
    const listener = jest.fn();
    config.getConfig('a').subscribe?.(listener);
    set({ a: { x: 1 }, b: { x: 2 } });
    expect(listener).not.toHaveBeenCalled();
    set({ b: { x: 2 } });
    expect(listener).toHaveBeenCalledTimes(1);
    set({ a: { x: 1 }, b: { x: 2 } });
    expect(listener).toHaveBeenCalledTimes(2);
  });

  it('stops telling after unsubscribe, even within the same change', () => {
    const { config, set } = createMutableConfig();
    const second = jest.fn();
    const first = jest.fn(() => subscription.unsubscribe());
    config.subscribe(first);
    const subscription = config.subscribe(second);
    set({ a: 1 });
    set({ a: 2 });
    subscription.unsubscribe();
    expect(first).toHaveBeenCalledTimes(2);
    expect(second).not.toHaveBeenCalled();
  });

  it('calls a listener that is subscribed twice twice', () => {
    const { config, set } = createMutableConfig();
    const listener = jest.fn();
    const once = config.subscribe(listener);
    config.subscribe(listener);
    set({ a: 1 });
    once.unsubscribe();
    set({ a: 2 });
    expect(listener).toHaveBeenCalledTimes(3);
  });

  it('tells the others when one listener throws or rejects', async () => {
    const errors: unknown[] = [];
    const { config, set } = createMutableConfig({}, { onListenerError: (error) => errors.push(error) });
    const thrown = new Error('thrown');
    const rejected = new Error('rejected');
    const last = jest.fn();
    config.subscribe(() => {
      throw thrown;
    });
    const asyncListener: () => unknown = () => Promise.reject(rejected);
    config.subscribe(asyncListener);
    config.subscribe(last);
    set({ a: 1 });
    expect(last).toHaveBeenCalledTimes(1);
    await new Promise((resolve) => setImmediate(resolve));
    expect(errors).toEqual([thrown, rejected]);
  });

  it('has places for its messages', () => {
    const { config } = createMutableConfig({ a: 'x' }, { sourceOf: () => ({ file: 'f.yaml', line: 1 }) });
    expect(() => config.getNumber('a')).toThrow("Configuration key 'a' must be a number, got a string (f.yaml:1)");
  });
});
