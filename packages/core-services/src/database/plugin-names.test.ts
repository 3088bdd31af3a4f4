import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { lockNumber, pluginObjectName } from './plugin-names.ts';

describe('pluginObjectName', () => {
  it('puts the prefix before the id', () => {
    expect(pluginObjectName('bulkhead_plugin_', 'todo')).toBe('bulkhead_plugin_todo');
  });

  it('is as long as PostgreSQL allows, and different for different ids', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 200 }),
        fc.string({ unit: 'grapheme', maxLength: 200 }),
        (one, other) => {
          const [name, otherName] = [one, other].map((id) => pluginObjectName('plugin_', id)) as [string, string];
          expect(Buffer.byteLength(name)).toBeLessThanOrEqual(63);
          expect(name === otherName).toBe(one === other);
        },
      ),
    );
  });
});

describe('lockNumber', () => {
  it('fits in the integer that PostgreSQL takes', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(lockNumber(text)).toBeGreaterThanOrEqual(0);
        expect(lockNumber(text)).toBeLessThan(2 ** 31);
      }),
    );
  });
});
