import type { Credentials } from '@bulkhead/backend-plugin-api';
import type { CallOptions } from '@bulkhead/openapi/client';
import type { OwnerSummary, TodoClient } from '@bulkhead/plugin-todo-node';
import { digestNotFound } from '../errors.ts';
import type { Digest } from '../generated/types.ts';
import { dayOf, daysAfter, daysBetween, type Day } from './day.ts';
import type { DigestListOptions, DigestStore } from './digest-store.ts';

/** What a {@link DigestService} is made of. */
export interface DigestServiceOptions {
  readonly store: DigestStore;
  readonly todos: TodoClient;
  /** What time it is. Default: what the system says. */
  readonly now?: () => Date;
}

/** Digests in a row, and where to go on. */
export interface DigestList {
  readonly digests: readonly Digest[];
  /** The day before which the next ones are; absent if these were the last. */
  readonly next?: string;
}

/** How many digests are stored at once. */
const BATCH = 100;

/** How many days are made up for after nothing ran for a while. */
const MAX_DAYS_BEHIND = 7;

/** How long after its end a day may still change, in milliseconds: clocks differ, and a change may be under way. */
const SETTLING_TIME = 60_000;

/** Makes digests and reads them. */
export class DigestService {
  readonly #store: DigestStore;
  readonly #todos: TodoClient;
  readonly #now: () => Date;

  constructor({ store, todos, now = () => new Date() }: DigestServiceOptions) {
    this.#store = store;
    this.#todos = todos;
    this.#now = now;
  }

  /**
   * Makes today's digest of one owner, by asking for todos on behalf of that owner.
   *
   * @throws what the client of todo throws, when todo cannot be asked
   */
  async make(owner: string, credentials: Credentials): Promise<Digest> {
    const { date, since, before } = this.today();
    const summary = await this.#todos.summarizeTodos({ query: { since, before } }, { credentials });
    const digest: Digest = { date, ...summary };
    await this.#store.save([{ ...digest, owner }]);
    return digest;
  }

  /**
   * Completes the digests of the days that have ended, and makes today's, of every owner, by asking for todos as the
   * plugin itself. What is done when it fails half way is stored, and the next time it goes on from there.
   *
   * @returns how many
   * @throws what the client of todo throws, when todo cannot be asked
   */
  async makeAll(credentials: Credentials, signal: AbortSignal): Promise<number> {
    const today = this.today();
    let count = 0;
    for (const day of daysBetween(await this.#lastCompleteDay(today), today)) {
      const isComplete = this.#now().getTime() >= Date.parse(day.before) + SETTLING_TIME;
      count += await this.#makeDay(day, { credentials, signal });
      if (isComplete) await this.#store.completeDay(day.date);
    }
    return count;
  }

  /** The day that it is. */
  today(): Day {
    return dayOf(this.#now());
  }

  async #lastCompleteDay(today: Day): Promise<string> {
    const last = await this.#store.lastCompleteDay();
    if (last === undefined) {
      // Nothing is asked about the time before the first run. From now on, each day has to be completed.
      const yesterday = daysAfter(today, -1).date;
      await this.#store.completeDay(yesterday);
      return yesterday;
    }
    const earliest = daysAfter(today, -1 - MAX_DAYS_BEHIND).date;
    return last < earliest ? earliest : last;
  }

  async #makeDay({ date, since, before }: Day, options: CallOptions): Promise<number> {
    let count = 0;
    const save = async (batch: readonly OwnerSummary[]): Promise<void> => {
      await this.#store.save(batch.map(({ owner, summary }) => ({ ...summary, owner, date })));
      count += batch.length;
    };
    let batch: OwnerSummary[] = [];
    const summaries = this.#todos.paginateListSummaries({ query: { since, before, limit: BATCH } }, options);
    for await (const summary of summaries) {
      batch.push(summary);
      if (batch.length === BATCH) {
        await save(batch);
        batch = [];
      }
    }
    await save(batch);
    return count;
  }

  /** Reads a digest. @throws NotFoundError `ERR_DIGEST_NOT_FOUND` */
  async get(owner: string, date: string): Promise<Digest> {
    const digest = await this.#store.find(owner, date);
    if (!digest) throw digestNotFound(date);
    return digest;
  }

  /** Lists digests, the latest day first. */
  async list(options: DigestListOptions): Promise<DigestList> {
    // One more than asked for tells whether there is a next page.
    const digests = await this.#store.list({ ...options, limit: options.limit + 1 });
    if (digests.length <= options.limit) return { digests };
    const page = digests.slice(0, options.limit);
    return { digests: page, next: page.at(-1)!.date };
  }
}
