import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FairScheduler, type Ticket } from './fair-scheduler.ts';

/** Requests `count` slots and returns how many were granted at once. */
function take(scheduler: FairScheduler, owner: string, count: number): number {
  let granted = 0;
  for (let index = 0; index < count; index += 1) {
    scheduler.request(owner, () => (granted += 1));
  }
  return granted;
}

function schedulerFor(capacity: number, ...owners: string[]): FairScheduler {
  const scheduler = new FairScheduler(capacity);
  owners.forEach((owner) => scheduler.register(owner));
  return scheduler;
}

describe('FairScheduler', () => {
  it('lets the only owner use everything', () => {
    expect(take(schedulerFor(20, 'a'), 'a', 25)).toBe(20);
  });

  it('lets an owner borrow what the others do not need for their shares', () => {
    const scheduler = schedulerFor(20, 'a', 'b');
    expect(scheduler.state().share).toBe(5);
    expect(take(scheduler, 'a', 25)).toBe(15);
    expect(take(scheduler, 'b', 25)).toBe(5);
  });

  it('keeps half for the others however many they are', () => {
    const owners = Array.from({ length: 100 }, (_, index) => `p${index}`);
    const scheduler = schedulerFor(20, ...owners);
    expect(take(scheduler, 'p0', 25)).toBe(10);
    const others = owners.slice(1).map((owner) => take(scheduler, owner, 1));
    expect(others.filter((granted) => granted === 1)).toHaveLength(10);
  });

  it('serves whoever holds the fewest first, and an owner in order', () => {
    const scheduler = schedulerFor(2, 'a', 'b', 'c');
    const served: string[] = [];
    take(scheduler, 'a', 1);
    take(scheduler, 'b', 1);
    scheduler.request('a', () => served.push('a1'));
    scheduler.request('a', () => served.push('a2'));
    scheduler.request('c', () => served.push('c1'));
    scheduler.release('b');
    expect(served).toEqual(['c1']);
    scheduler.release('c');
    scheduler.release('a');
    expect(served).toEqual(['c1', 'a1']);
    scheduler.release('a');
    expect(served).toEqual(['c1', 'a1', 'a2']);
  });

  it('gives a slot at once only where nobody has to wait and no reserve is touched', () => {
    const scheduler = schedulerFor(4, 'a', 'b');
    expect([scheduler.take('a'), scheduler.take('a'), scheduler.take('a')]).toEqual([true, true, true]);
    expect(scheduler.take('a')).toBe(false);
    expect(scheduler.take('stranger')).toBe(false);
    expect(scheduler.state().owners).toEqual([{ owner: 'a', held: 3, waiting: 0 }]);
    take(scheduler, 'a', 1);
    expect(scheduler.take('b')).toBe(false);
    expect(take(scheduler, 'b', 1)).toBe(1);
    expect(scheduler.take('b')).toBe(false);
  });

  it('forgets a request that was withdrawn', () => {
    const scheduler = schedulerFor(1, 'a');
    take(scheduler, 'a', 1);
    const ticket = scheduler.request('a', () => expect('granted').toBe('withdrawn'));
    expect(scheduler.cancel(ticket)).toBe(true);
    expect(scheduler.cancel(ticket)).toBe(false);
    scheduler.release('a');
    expect(scheduler.state()).toMatchObject({ free: 1, owners: [] });
  });

  it('frees the reserve of an owner that leaves', () => {
    const scheduler = schedulerFor(4, 'a', 'b');
    expect(take(scheduler, 'a', 4)).toBe(3);
    scheduler.unregister('b');
    expect(scheduler.state()).toMatchObject({ free: 0, reserved: 0 });
  });

  it('serves an owner with a share before one without', () => {
    const scheduler = schedulerFor(2, 'b', 'c');
    const served: string[] = [];
    take(scheduler, 'b', 1);
    scheduler.request('stranger', () => served.push('stranger'));
    scheduler.request('c', () => served.push('c'));
    scheduler.release('b');
    expect(served).toEqual(['c']);
  });

  it('never gives out more than there is, and ignores a release too many', () => {
    const scheduler = schedulerFor(1, 'a');
    scheduler.release('a');
    scheduler.release('nobody');
    expect(take(scheduler, 'a', 2)).toBe(1);
  });
});

/** What the scheduler promises, computed the slow and obvious way. */
class Model {
  readonly held = new Map<string, number>();
  readonly registered = new Set<string>();
  waiting: { owner: string; id: number; ticket?: Ticket }[] = [];
  #id = 0;

  readonly scheduler: FairScheduler;
  readonly capacity: number;

  constructor(capacity: number) {
    this.capacity = capacity;
    this.scheduler = new FairScheduler(capacity);
  }

  get free(): number {
    return this.capacity - [...this.held.values()].reduce((sum, held) => sum + held, 0);
  }

  get share(): number {
    return Math.max(1, Math.floor(this.capacity / 2 / Math.max(1, this.registered.size)));
  }

  get reserved(): number {
    const lacking = [...this.registered].reduce((sum, owner) => sum + Math.max(0, this.share - this.heldBy(owner)), 0);
    return Math.min(lacking, Math.floor(this.capacity / 2));
  }

  heldBy(owner: string): number {
    return this.held.get(owner) ?? 0;
  }

  isEntitled(owner: string): boolean {
    return this.registered.has(owner) && this.heldBy(owner) < this.share;
  }

  request(owner: string): void {
    const entry: { owner: string; id: number; ticket?: Ticket } = { owner, id: (this.#id += 1) };
    this.waiting.push(entry);
    entry.ticket = this.scheduler.request(owner, () => this.#granted(entry.id));
  }

  #granted(id: number): void {
    const entry = this.waiting.find((candidate) => candidate.id === id);
    expect(entry).toBeDefined();
    const { owner } = entry!;
    expect(this.free).toBeGreaterThan(0);
    const entitled = this.isEntitled(owner);
    expect(entitled || this.free > this.reserved).toBe(true);
    for (const other of this.waiting) {
      const before =
        Number(entitled) - Number(this.isEntitled(other.owner)) ||
        this.heldBy(other.owner) - this.heldBy(owner) ||
        other.id - id;
      expect(before).toBeGreaterThanOrEqual(0);
    }
    this.waiting = this.waiting.filter((candidate) => candidate !== entry);
    this.held.set(owner, this.heldBy(owner) + 1);
  }

  release(owner: string): void {
    if (this.heldBy(owner) > 0) {
      this.held.set(owner, this.heldBy(owner) - 1);
      this.scheduler.release(owner);
    }
  }

  cancel(position: number): void {
    const entry = this.waiting[position % Math.max(1, this.waiting.length)];
    if (entry) {
      this.waiting = this.waiting.filter((candidate) => candidate !== entry);
      expect(this.scheduler.cancel(entry.ticket!)).toBe(true);
    }
  }

  check(): void {
    expect(this.scheduler.state()).toMatchObject({ free: this.free, share: this.share, reserved: this.reserved });
    for (const { owner } of this.waiting) {
      // Whoever waits has to.
      expect(this.free > 0 && (this.isEntitled(owner) || this.free > this.reserved)).toBe(false);
    }
  }
}

type Step =
  | { readonly type: 'request' | 'release' | 'register' | 'unregister'; readonly owner: string }
  | { readonly type: 'cancel'; readonly position: number };

const OWNERS = ['a', 'b', 'c', 'd', 'e'];
const owner = fc.constantFrom(...OWNERS);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ type: fc.constant('request' as const), owner }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('release' as const), owner }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('cancel' as const), position: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('register' as const), owner }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('unregister' as const), owner }) },
);

function apply(model: Model, action: Step): void {
  switch (action.type) {
    case 'request':
      return model.request(action.owner);
    case 'release':
      return model.release(action.owner);
    case 'cancel':
      return model.cancel(action.position);
    case 'register':
      model.registered.add(action.owner);
      return model.scheduler.register(action.owner);
    case 'unregister':
      model.registered.delete(action.owner);
      return model.scheduler.unregister(action.owner);
  }
}

describe('FairScheduler, whatever happens', () => {
  it('does what the model does', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.array(step, { maxLength: 60 }), (capacity, steps) => {
        const model = new Model(capacity);
        for (const action of steps) {
          apply(model, action);
          model.check();
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('never lets an owner wait that has less than its share', () => {
    const actions = fc.array(fc.record({ type: fc.constantFrom('request' as const, 'release' as const), owner }));
    fc.assert(
      fc.property(fc.integer({ min: 2 * OWNERS.length, max: 40 }), actions, (capacity, steps) => {
        const model = new Model(capacity);
        OWNERS.forEach((name) => apply(model, { type: 'register', owner: name }));
        for (const action of steps) {
          apply(model, action);
          for (const waiting of model.waiting) {
            expect(model.heldBy(waiting.owner)).toBeGreaterThanOrEqual(model.share);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('serves everybody in the end', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.array(step, { maxLength: 60 }), (capacity, steps) => {
        const model = new Model(capacity);
        steps.forEach((action) => apply(model, action));
        while ([...model.held.values()].some((held) => held > 0)) {
          OWNERS.forEach((name) => model.release(name));
        }
        expect(model.waiting).toEqual([]);
        expect(model.scheduler.state()).toMatchObject({ free: capacity, owners: [] });
      }),
      { numRuns: 300 },
    );
  });
});
