/** Somebody who waits for a slot. */
export interface Ticket {
  readonly owner: string;
  /** Grows with each request, so that the earlier of two can be told. */
  readonly sequence: number;
}

/** How the slots are given out at the moment. */
export interface FairSchedulerState {
  readonly capacity: number;
  readonly free: number;
  /** Slots that each owner can count on. */
  readonly share: number;
  /** Free slots that are kept for owners who have less than their share. */
  readonly reserved: number;
  /** Owners that hold or wait for slots. */
  readonly owners: readonly { readonly owner: string; readonly held: number; readonly waiting: number }[];
}

interface Account {
  held: number;
  registered: boolean;
  readonly queue: PendingTicket[];
}

interface PendingTicket extends Ticket {
  readonly grant: () => void;
}

/**
 * Decides who gets the next of a fixed number of slots. Knows nothing of connections, time or promises.
 *
 * - Half of the slots is guaranteed in equal shares, at least one each: an owner with less than its share takes any free
 *   slot at once.
 * - The other half is for whoever comes first. An owner may hold many times its share, as long as enough slots stay free
 *   to give every other owner the rest of its share. With more owners than half the slots, half the slots is kept, which
 *   is enough for that many of them at a time.
 * - Those who wait are served fewest-held-first (max-min fairness); those with equally many, and each owner's own
 *   requests, in order of arrival.
 *
 * Nobody is ever kept waiting by requests that came later from owners who hold more.
 */
export class FairScheduler {
  readonly #capacity: number;
  readonly #accounts = new Map<string, Account>();
  /** Accounts with a queue; few at any time, so they are searched, not sorted. */
  readonly #waiting = new Set<Account>();
  #free: number;
  #registered = 0;
  #share: number;
  /** The sum of what registered owners lack of their share, kept up to date so that a request costs the same for any number of owners. */
  #lacking = 0;
  #sequence = 0;

  /** @param capacity - how many slots there are */
  constructor(capacity: number) {
    this.#capacity = capacity;
    this.#free = capacity;
    this.#share = shareOf(capacity, 0);
  }

  /** Slots that nobody holds. */
  get free(): number {
    return this.#free;
  }

  /** Gives an owner a share. Requests of owners without one are served all the same, from what is not reserved. */
  register(owner: string): void {
    const account = this.#account(owner);
    if (!account.registered) {
      account.registered = true;
      this.#registered += 1;
      this.#divide();
    }
  }

  /** Takes the share of an owner away, not what it holds or waits for. */
  unregister(owner: string): void {
    const account = this.#accounts.get(owner);
    if (account?.registered) {
      account.registered = false;
      this.#registered -= 1;
      this.#forgetIfUnused(owner, account);
      this.#divide();
    }
  }

  /** Calls `grant` as soon as the owner gets a slot, which may be before this returns. */
  request(owner: string, grant: () => void): Ticket {
    const account = this.#account(owner);
    const ticket: PendingTicket = { owner, sequence: (this.#sequence += 1), grant };
    account.queue.push(ticket);
    this.#waiting.add(account);
    this.#serve();
    return ticket;
  }

  /** Takes a slot for the owner if it would be granted at once; else nothing happens. */
  take(owner: string): boolean {
    if (this.#free === 0 || this.#waiting.size > 0) {
      return false;
    }
    const account = this.#account(owner);
    if (!this.#isEntitled(account) && this.#free <= this.#reserved()) {
      this.#forgetIfUnused(owner, account);
      return false;
    }
    this.#hold(account);
    return true;
  }

  /** Withdraws a request. `false`: it has been granted already. */
  cancel(ticket: Ticket): boolean {
    const account = this.#accounts.get(ticket.owner);
    const index = account?.queue.indexOf(ticket as PendingTicket) ?? -1;
    if (account === undefined || index === -1) {
      return false;
    }
    account.queue.splice(index, 1);
    if (account.queue.length === 0) {
      this.#waiting.delete(account);
    }
    this.#forgetIfUnused(ticket.owner, account);
    return true;
  }

  /** Gives back one slot of an owner. */
  release(owner: string): void {
    const account = this.#accounts.get(owner);
    if (account === undefined || account.held === 0) {
      return;
    }
    account.held -= 1;
    this.#free += 1;
    if (this.#isEntitled(account)) {
      this.#lacking += 1;
    }
    this.#forgetIfUnused(owner, account);
    this.#serve();
  }

  /** A snapshot for reports and error messages. */
  state(): FairSchedulerState {
    const owners = [...this.#accounts]
      .filter(([, { held, queue }]) => held + queue.length > 0)
      .map(([owner, { held, queue }]) => ({ owner, held, waiting: queue.length }));
    return { capacity: this.#capacity, free: this.#free, share: this.#share, reserved: this.#reserved(), owners };
  }

  #account(owner: string): Account {
    let account = this.#accounts.get(owner);
    if (account === undefined) {
      account = { held: 0, registered: false, queue: [] };
      this.#accounts.set(owner, account);
    }
    return account;
  }

  #forgetIfUnused(owner: string, account: Account): void {
    if (!account.registered && account.held === 0 && account.queue.length === 0) {
      this.#accounts.delete(owner);
    }
  }

  #divide(): void {
    this.#share = shareOf(this.#capacity, this.#registered);
    this.#lacking = 0;
    for (const { registered, held } of this.#accounts.values()) {
      this.#lacking += registered ? Math.max(0, this.#share - held) : 0;
    }
    this.#serve();
  }

  #reserved(): number {
    return Math.min(this.#lacking, Math.floor(this.#capacity / 2));
  }

  #serve(): void {
    while (this.#free > 0 && this.#waiting.size > 0) {
      const account = this.#next();
      // Who is next comes before all others. If that one is not entitled, nobody is, and the reserve binds all alike.
      if (!this.#isEntitled(account) && this.#free <= this.#reserved()) {
        return;
      }
      this.#grant(account);
    }
  }

  /** Whether it has less than its share, so that no reserve binds it. */
  #isEntitled({ registered, held }: Account): boolean {
    return registered && held < this.#share;
  }

  #grant(account: Account): void {
    this.#hold(account);
    const ticket = account.queue.shift();
    if (account.queue.length === 0) {
      this.#waiting.delete(account);
    }
    ticket?.grant();
  }

  #hold(account: Account): void {
    if (this.#isEntitled(account)) {
      this.#lacking -= 1;
    }
    account.held += 1;
    this.#free -= 1;
  }

  #next(): Account {
    let best: Account | undefined;
    for (const account of this.#waiting) {
      if (best === undefined || this.#isBefore(account, best)) {
        best = account;
      }
    }
    return best as Account;
  }

  #isBefore(one: Account, other: Account): boolean {
    // Only owners without a share can be behind others with as few slots.
    if (this.#isEntitled(one) !== this.#isEntitled(other)) {
      return this.#isEntitled(one);
    }
    return one.held === other.held
      ? (one.queue[0]?.sequence ?? 0) < (other.queue[0]?.sequence ?? 0)
      : one.held < other.held;
  }
}

function shareOf(capacity: number, owners: number): number {
  return Math.max(1, Math.floor(capacity / 2 / Math.max(1, owners)));
}
