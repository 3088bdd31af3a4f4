import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestDatabase } from '@bulkhead/backend-test-utils';
import { DigestStore, type OwnedDigest } from './digest-store.ts';

const owner = 'user:default/ada';

let database: TestDatabase;
let store: DigestStore;

beforeAll(async () => {
  database = await TestDatabase.create();
  store = await DigestStore.open({ getClient: () => database.client() });
});

afterAll(() => database.dispose());

function digestOf(date: string, more: Partial<OwnedDigest> = {}): OwnedDigest {
  const titles = ["Robert'); drop table digests; --", 'a, "b" {c}', '🚢'];
  return {
    owner,
    date,
    open: 3,
    done: 2,
    created: 1,
    completed: 0,
    titles,
    countedAt: `${date}T12:00:00.000Z`,
    ...more,
  };
}

describe('DigestStore', () => {
  it('keeps what it is given, on its day wherever the process runs', async () => {
    const { owner: _, ...digest } = digestOf('2026-01-31');
    await store.save([digestOf('2026-01-31')]);
    expect(await store.find(owner, '2026-01-31')).toEqual(digest);
    expect(await store.find(owner, '2026-01-30')).toBeUndefined();
    expect(await store.find('user:default/mallory', '2026-01-31')).toBeUndefined();
  });

  it('brings a digest up to date, and takes no older counts for newer ones', async () => {
    const date = '2026-02-01';
    const open = async (): Promise<number | undefined> => (await store.find(owner, date))?.open;
    await store.save([digestOf(date, { open: 1, countedAt: `${date}T10:00:00.000Z` })]);
    await store.save([digestOf(date, { open: 2, countedAt: `${date}T11:00:00.000Z` })]);
    expect(await open()).toBe(2);
    await store.save([digestOf(date, { open: 3, countedAt: `${date}T10:30:00.000Z` })]);
    expect(await open()).toBe(2);
    await store.save([digestOf(date, { open: 4, countedAt: `${date}T11:00:00.000Z` })]);
    expect(await open()).toBe(4);
  });

  it('stores many at once, and none', async () => {
    const date = '2026-02-02';
    await store.save([]);
    await store.save(Array.from({ length: 100 }, (_, index) => digestOf(date, { owner: `user:default/${index}` })));
    expect(await store.find('user:default/99', date)).toBeDefined();
  });

  it('lists the latest day first', async () => {
    const other = 'user:default/grace';
    await store.save(['2026-03-01', '2026-02-28', '2026-03-02'].map((date) => digestOf(date, { owner: other })));
    const dates = async (options: { limit: number; before?: string }): Promise<string[]> =>
      (await store.list({ owner: other, ...options })).map(({ date }) => date);
    expect(await dates({ limit: 10 })).toEqual(['2026-03-02', '2026-03-01', '2026-02-28']);
    expect(await dates({ limit: 1 })).toEqual(['2026-03-02']);
    expect(await dates({ limit: 10, before: '2026-03-02' })).toEqual(['2026-03-01', '2026-02-28']);
  });
});
