import { describe, expect, it } from '@jest/globals';
import { findResponse } from './responses.ts';

describe('findResponse', () => {
  it('finds the status itself, else its range, else the default', () => {
    const responses = { 200: 'ok', '2XX': 'range', default: 'else' };
    expect([200, 201, 404].map((status) => findResponse(responses, status))).toEqual(['ok', 'range', 'else']);
    expect(findResponse({ 200: 'ok' }, 201)).toBeUndefined();
  });
});
