import { expect, it } from '@jest/globals';
import { formats } from './formats.ts';

it.each<[string, unknown, boolean]>([
  ['date', '2026-02-28', true],
  ['date', '2026-02-30', false],
  ['date-time', '2026-01-01T00:00:00Z', true],
  ['date-time', '2026-01-01T00:00:00.123+01:00', true],
  ['date-time', '2026-01-01T00:00:00', false],
  ['date-time', '2024-02-29T23:59:59.999Z', true],
  ['date-time', '2026-02-29T00:00:00Z', false],
  ['date-time', '2026-04-31T00:00:00Z', false],
  ['date-time', '2026-12-31T24:00:00Z', false],
  ['date-time', '2026-13-01T00:00:00Z', false],
  ['date-time', '2026-00-01T00:00:00Z', false],
  ['date-time', '2026-01-00T00:00:00Z', false],
  ['date-time', '1990-12-31T23:59:60Z', true],
  ['time', '12:00:00Z', true],
  ['duration', 'P1DT2H', true],
  ['uuid', '0b9ff7a0-1111-4222-8333-000000000000', true],
  ['uuid', 'urn:uuid:0b9ff7a0-1111-4222-8333-000000000000', false],
  ['email', 'ada@example.com', true],
  ['email', 'ada', false],
  ['email', 'ada@example', false],
  ['email', '"ada"@example.com', false],
  ['uri', 'https://example.com/a?b', true],
  ['uri', '/a', false],
  ['uri-reference', '/a', true],
  ['url', 'https://example.com:8080/a?b#c', true],
  ['url', 'ftp://ada@files.example.com', true],
  ['url', 'https://bücher.example', true],
  ['url', 'https://8.8.8.8/', true],
  ['url', 'https://192.168.1.1/', false],
  ['url', 'https://localhost/', false],
  ['url', 'mailto:ada@example.com', false],
  ['url', 'https://example.com/ a', false],
  ['url', `https://${'a'.repeat(100_000)}!`, false],
  ['hostname', 'example.com', true],
  ['ipv4', '127.0.0.1', true],
  ['ipv4', '256.0.0.1', false],
  ['ipv4', '127.0.0.01', false],
  ['ipv4', '127.0.0.1.', false],
  ['ipv6', '::1', true],
  ['regex', '^a$', true],
  ['regex', '(', false],
  ['json-pointer', '/a/0', true],
  ['byte', 'aGk=', true],
  ['byte', '?', false],
  ['int32', 2 ** 31 - 1, true],
  ['int32', 2 ** 31, false],
  ['int64', 2 ** 53, true],
  ['int64', 1.5, false],
  ['double', 1.5, true],
])('%s: %j is %s', (name, value, expected) => {
  const format = formats[name]!;
  const check = (typeof format === 'function' ? format : format.validate) as (value: unknown) => boolean;
  expect(check(value)).toBe(expected);
});

it.each(['password', 'binary', 'made-up'])('%s says nothing about what is valid', (name) => {
  expect(formats[name]).toBeUndefined();
});

it('takes every moment that JavaScript writes, on every day of a leap year and of another', () => {
  const checkMoment = formats['date-time'] as (text: string) => boolean;
  const days = Array.from({ length: 2 * 366 }, (_, day) => new Date(Date.UTC(2023, 0, 1 + day)).toISOString());
  expect(days.filter((day) => !checkMoment(day))).toEqual([]);
});
