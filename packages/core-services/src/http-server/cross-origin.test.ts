import { expect, it } from '@jest/globals';
import { ConfigReader } from '@bulkhead/config';
import { createOriginFilter } from './cross-origin.ts';

it('compares origins with patterns, and has no trouble with what is none', () => {
  const cors = { credentials: true, origin: ['https://*.*.*.example.com', 'https://own.example'] };
  const isAllowed = createOriginFilter(new ConfigReader({ backend: { cors } }));
  expect(isAllowed('https://own.example')).toBe(true);
  expect(isAllowed('https://a.b.c.example.com')).toBe(true);
  expect(isAllowed('https://a.b.c.example.com.evil')).toBe(false);
  // Took minutes.
  expect(isAllowed(`https://${'.'.repeat(15_000)}!`)).toBe(false);
});
