import { describe, expect, it } from '@jest/globals';
import type { CacheService } from '@bulkhead/backend-plugin-api';
import type { JsonValue, MaybePromise } from '@bulkhead/types';
import { subjectPerTest, type ContractSubject, type CreateSubject } from './subject.ts';

/** The empty cache of one plugin, and the means to observe it. */
export interface CacheServiceSubject extends ContractSubject<CacheService> {
  /** The cache of another plugin, kept in the same place. */
  readonly other: CacheService;
  /** Lets so many milliseconds pass for all entries. */
  advance(milliseconds: number): MaybePromise<void>;
}

/** Contract of {@link CacheService}. */
export function describeCacheService(name: string, create: CreateSubject<CacheServiceSubject>): void {
  describe(`${name} as a CacheService`, () => {
    const subject = subjectPerTest(create);
    describeValues(subject);
    describeLifetimes(subject);
    describeKeys(subject);
  });
}

function describeValues(subject: () => CacheServiceSubject): void {
  it.each<[string, JsonValue]>([
    ['a text', 'text'],
    ['an empty text', ''],
    ['zero', 0],
    ['false', false],
    ['null', null],
    ['a list', [1, [2], {}]],
    ['an object', { a: { b: ['c', null, 1.5, true] }, 'ä\n"': '\u0000\ud83d\ude00' }],
  ])('gives back %s', async (_what, value) => {
    const { service } = subject();
    await service.set('key', value);
    expect(await service.get('key')).toEqual(value);
  });

  it('has nothing under a key that was never set, was deleted, or whose value was replaced', async () => {
    const { service } = subject();
    expect(await service.get('key')).toBeUndefined();
    await service.set('key', 1);
    await service.set('key', 2);
    expect(await service.get('key')).toBe(2);
    await service.delete('key');
    expect(await service.get('key')).toBeUndefined();
    await service.delete('key');
  });

  it('shares no objects with anybody', async () => {
    const { service } = subject();
    const given = { list: [1] };
    await service.set('key', given);
    given.list.push(2);
    const first = await service.get<{ list: number[] }>('key');
    first!.list.push(3);
    expect(await service.get('key')).toEqual({ list: [1] });
  });

  it('keeps of objects of classes what JSON makes of them', async () => {
    const { service } = subject();
    class Point {
      readonly x = 1;
      readonly at = new Date(0);
    }
    await service.set('key', new Point() as unknown as JsonValue);
    expect(await service.get('key')).toEqual({ x: 1, at: '1970-01-01T00:00:00.000Z' });
  });

  it('leaves out fields that are undefined, as JSON does', async () => {
    const { service } = subject();
    await service.set('key', { a: 1, b: undefined });
    expect(Object.keys((await service.get<Record<string, JsonValue>>('key'))!)).toEqual(['a']);
  });

  const circle: Record<string, unknown> = {};
  circle.self = circle;
  it.each<[string, unknown]>([
    ['undefined', undefined],
    ['a function', () => 1],
    ['a big integer', 1n],
    ['NaN', { deep: [NaN] }],
    ['a map', new Map()],
    ['a circle', circle],
  ])('refuses what JSON cannot hold: %s', async (_what, value) => {
    const { service } = subject();
    await service.set('key', 'before');
    await expect(service.set('key', value as JsonValue)).rejects.toMatchObject({ code: 'ERR_CACHE_VALUE' });
    expect(await service.get('key')).toBe('before');
  });
}

function describeLifetimes(subject: () => CacheServiceSubject): void {
  it('forgets an entry when its time is up', async () => {
    const { service, advance } = subject();
    await service.set('number', 1, { ttl: 60_000 });
    await service.set('duration', 1, { ttl: { minutes: 2 } });
    await service.set('ever', 1);
    await advance(60_001);
    expect(await getAll(service, ['number', 'duration', 'ever'])).toEqual([undefined, 1, 1]);
    await advance(60_000);
    expect(await getAll(service, ['number', 'duration', 'ever'])).toEqual([undefined, undefined, 1]);
  });

  it('counts the time from the last set', async () => {
    const { service, advance } = subject();
    await service.set('key', 1, { ttl: 60_000 });
    await advance(40_000);
    await service.set('key', 2, { ttl: 60_000 });
    await advance(40_000);
    expect(await service.get('key')).toBe(2);
  });

  it('takes other defaults, for the same entries', async () => {
    const { service, advance } = subject();
    const short = service.withOptions({ ttl: 60_000 }).withOptions({ defaultTtl: { seconds: 1 } });
    await short.set('short', 1);
    await short.set('long', 1, { ttl: 10_000 });
    await service.set('ever', 1);
    expect(await getAll(service, ['short', 'long'])).toEqual([1, 1]);
    await advance(1_001);
    expect(await getAll(short, ['short', 'long', 'ever'])).toEqual([undefined, 1, 1]);
  });
}

function describeKeys(subject: () => CacheServiceSubject): void {
  const long = 'k'.repeat(10_000);
  it.each([
    ['', ' '],
    ['a:b', 'a:c'],
    ['ä', 'a'],
    ['a\nb', 'a\n'],
    ['*', '?'],
    ['A', 'a'],
    ['__proto__', 'constructor'],
    [`${long}1`, `${long}2`],
  ])('tells keys apart: %#', async (one, another) => {
    const { service } = subject();
    await service.set(one, 1);
    expect(await service.get(another)).toBeUndefined();
    await service.set(another, 2);
    await service.delete(one);
    expect(await getAll(service, [one, another])).toEqual([undefined, 2]);
  });

  it('keeps plugins apart', async () => {
    const { service, other } = subject();
    await service.set('key', 'mine');
    expect(await other.get('key')).toBeUndefined();
    await other.delete('key');
    expect(await service.get('key')).toBe('mine');
  });
}

function getAll(cache: CacheService, keys: readonly string[]): Promise<(JsonValue | undefined)[]> {
  return Promise.all(keys.map((key) => cache.get(key)));
}
