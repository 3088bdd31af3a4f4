import { describe, expect, it } from '@jest/globals';
import { requestIdOf } from './request-id.ts';

describe('requestIdOf', () => {
  it('makes ids that differ, each of them a UUID', () => {
    const ids = Array.from({ length: 1_000 }, () => requestIdOf({}));
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    // More than one stem.
    expect(new Set(ids.map((id) => id.slice(0, -2))).size).toBe(4);
  });

  it('takes the id of the caller if it cannot forge a line', () => {
    expect(requestIdOf({ 'x-request-id': 'edge/1:a=b@c' })).toBe('edge/1:a=b@c');
    for (const id of ['a b', 'a"b', '', 'x'.repeat(129)]) expect(requestIdOf({ 'x-request-id': id })).not.toBe(id);
  });
});
