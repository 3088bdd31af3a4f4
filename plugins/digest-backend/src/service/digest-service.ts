import type { Credentials } from '@bulkhead/backend-plugin-api';
import type { OwnerSummary, TodoClient } from '@bulkhead/plugin-todo-node';
import { digestNotFound } from '../errors.ts';
import type { Digest } from '../generated/types.ts';
import { dayOf } from './day.ts';
import type { DigestListOptions, DigestStore } from './digest-store.ts';

/** What a {@link DigestService} is made of. */
export interface DigestServiceOptions {
  readonly store: DigestStore;
  readonly todos: TodoClient;
}

/** Digests in a row, and where to go on. */
export interface DigestList {
  readonly digests: readonly Digest[];
  /** The day before which the next ones are; absent if these were the last. */
  readonly next?: string;
}

/** How many digests are stored at once. */
const BATCH = 100;

/** Makes digests and reads them. */
export class DigestService {
  readonly #store: DigestStore;
  readonly #todos: TodoClient;

  constructor({ store, todos }: DigestServiceOptions) {
    this.#store = store;
    this.#todos = todos;
  }

  /**
   * Makes today's digest of one owner, by asking for todos on behalf of that owner.
   *
   * @throws what the client of todo throws, when todo cannot be asked
   */
  async make(owner: string, credentials: Credentials): Promise<Digest> {
    const { date, since, before } = dayOf(new Date());
    const summary = await this.#todos.summarizeTodos({ query: { since, before } }, { credentials });
    const digest: Digest = { date, ...summary };
    await this.#store.save([{ ...digest, owner }]);
    return digest;
  }

  /**
   * Makes today's digest of every owner, by asking for todos as the plugin itself. What is done when it fails half way
   * is stored, and done again the next time.
   *
   * @returns how many
   * @throws what the client of todo throws, when todo cannot be asked
   */
  async makeAll(credentials: Credentials, signal: AbortSignal): Promise<number> {
    const { date, since, before } = dayOf(new Date());
    let count = 0;
    const save = async (batch: readonly OwnerSummary[]): Promise<void> => {
      await this.#store.save(batch.map(({ owner, summary }) => ({ ...summary, owner, date })));
      count += batch.length;
    };
    let batch: OwnerSummary[] = [];
    const summaries = this.#todos.paginateListSummaries(
      { query: { since, before, limit: BATCH } },
      { credentials, signal },
    );
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
