import { resolvePackagePath, type DatabaseService } from '@bulkhead/backend-plugin-api';
import type { Knex } from 'knex';
import type { Digest } from '../generated/types.ts';

/** A digest, and whose it is. */
export interface OwnedDigest extends Digest {
  readonly owner: string;
}

/** Which digests {@link DigestStore.list} reads. */
export interface DigestListOptions {
  readonly owner: string;
  /** At most this many. */
  readonly limit: number;
  /** Only days before this one. */
  readonly before?: string;
}

interface DigestRow extends Omit<Digest, 'countedAt' | 'date'> {
  readonly owner: string;
  readonly day: string;
  readonly counted_at: Date;
}

/** The digests in the database. */
export class DigestStore {
  readonly #knex: Knex;

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Brings the plugin's schema up to date, and opens it. */
  static async open(database: DatabaseService): Promise<DigestStore> {
    const knex = await database.getClient();
    if (!database.migrations?.skip) {
      await knex.migrate.latest({ directory: resolvePackagePath('@bulkhead/plugin-digest-backend', 'migrations') });
    }
    return new DigestStore(knex);
  }

  /**
   * Stores digests, in place of those that there are. Counts that are older than what is stored change nothing, so it
   * does not matter in which order those who count come here. No owner may occur twice for one day.
   */
  async save(digests: readonly OwnedDigest[]): Promise<void> {
    if (digests.length === 0) return;
    const rows = digests.map(({ date, countedAt, ...rest }) => ({ ...rest, day: date, counted_at: countedAt }));
    await this.#knex('digests')
      .insert(rows)
      .onConflict(['owner', 'day'])
      .merge()
      .whereRaw('digests.counted_at <= excluded.counted_at');
  }

  /** Reads a digest; `undefined` if the owner has none of that day. */
  async find(owner: string, date: string): Promise<Digest | undefined> {
    const row = await this.#select().where({ owner, day: date }).first();
    return row && toDigest(row);
  }

  /** Reads digests, the latest day first. */
  async list({ owner, limit, before }: DigestListOptions): Promise<Digest[]> {
    const query = this.#select().where({ owner });
    if (before !== undefined) void query.where('day', '<', before);
    const rows = await query.orderBy('digests.day', 'desc').limit(limit);
    return rows.map(toDigest);
  }

  /**
   * The last day whose digests will not change any more, nor those of the days before. Where no day is known to be
   * complete, the one before the first digest; `undefined` where there is none.
   */
  async lastCompleteDay(): Promise<string | undefined> {
    const { rows } = await this.#knex.raw<{ rows: [{ day: string | null }] }>(
      `select to_char(
         coalesce((select max(day) from complete_days), (select min(day) - 1 from digests)), 'YYYY-MM-DD') as day`,
    );
    return rows[0].day ?? undefined;
  }

  /** Notes that the digests of a day, and of those before, will not change any more. */
  async completeDay(day: string): Promise<void> {
    await this.#knex('complete_days').insert({ day }).onConflict('day').ignore();
  }

  #select() {
    // As text: a Date would be midnight somewhere, and another day elsewhere.
    const day = this.#knex.raw("to_char(day, 'YYYY-MM-DD') as day");
    return this.#knex<DigestRow>('digests').select<DigestRow[]>(
      'open',
      'done',
      'created',
      'completed',
      'titles',
      'counted_at',
      day,
    );
  }
}

function toDigest({ day, open, done, created, completed, titles, counted_at: countedAt }: DigestRow): Digest {
  return { date: day, open, done, created, completed, titles, countedAt: countedAt.toISOString() };
}
