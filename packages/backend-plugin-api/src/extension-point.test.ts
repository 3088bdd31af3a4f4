import { describe, expect, it } from '@jest/globals';
import { createExtensionPoint } from './extension-point.ts';

describe('createExtensionPoint', () => {
  it('extension point: id, T null, toString', () => {
    const point = createExtensionPoint<string>({ id: 'todo.listeners' });
    expect(point).toMatchObject({ $$type: '@bulkhead/ExtensionPoint', id: 'todo.listeners', T: null });
    expect(String(point)).toBe('extensionPoint{todo.listeners}');
  });

  it('refuses a malformed id', () => {
    expect(() => createExtensionPoint({ id: 'todo..listeners' })).toThrow(
      expect.objectContaining({ code: 'ERR_PLUGIN_API_INVALID_ID' }),
    );
  });
});
