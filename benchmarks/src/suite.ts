import type { HostOptions, HostProcess } from './host-process.ts';

/**
 * What figures of a unit are: of a `rate` more is better, of a `time` and an `amount` less. The ratio to another
 * contestant says for rates and times how many times as fast the first one is, and for amounts how much of the other's it is.
 */
export const UNITS = {
  '/s': 'rate',
  'MB/s': 'rate',
  s: 'time',
  ms: 'time',
  µs: 'time',
  MiB: 'amount',
  MB: 'amount',
  packages: 'amount',
  connections: 'amount',
  /** One figure of a contestant divided by another one of the same. */
  '×': 'amount',
} as const;

/** A unit of figures. */
export type Unit = keyof typeof UNITS;

/**
 * What should be reached: `{ beside: 'backstage', atLeast: 6 }` is about the ratio to that contestant, `{ atMost: 0.3 }`
 * about the figure of the first contestant itself. A goal, not a threshold: nothing fails when it is missed.
 */
export interface Goal {
  readonly beside?: string;
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** One line of a result: the same thing measured of one or more contestants. */
export interface Row {
  readonly what: string;
  readonly unit: Unit;
  /**
   * The figures of all rounds that count, per contestant. The first contestant is the one that the others stand beside;
   * figures at the same place were measured one after the other. Medians, spreads and ratios are made of these.
   */
  readonly rounds: Readonly<Record<string, readonly number[]>>;
  readonly goals?: readonly Goal[];
  /** Says more about another row: stands in tables, and not in charts. */
  readonly isDetail?: boolean;
}

/** The figures that contestants gave in turn. */
export type Samples<TName extends string, T> = Readonly<Record<TName, readonly T[]>>;

/** Hosts that run at the same time and end with the block, by the names of the contestants. */
export interface Hosts extends AsyncDisposable {
  readonly hosts: Contestants<HostProcess>;
}

/** What is measured in turn, by name. */
export type Contestants<C> = Readonly<Record<string, C>>;

/** What a suite measures with. It knows how thorough a run is to be, and which tree it is about. */
export interface Bench {
  /** Fewer and shorter runs: shows that the suite works, its figures mean little. */
  readonly isQuick: boolean;
  /** How long a load is to last, where `usual` is long enough for a figure. */
  seconds(usual: number): number;
  /** How many of something are to be done, where `usual` is enough for a figure. */
  count(usual: number): number;
  /**
   * Measures the contestants in turn, A B A B …, so that a machine whose speed drifts is equally unfair to all. The
   * first round warms caches up and does not count; in a quick run it is the only one. Who does not take part has no figures.
   */
  inTurn<TName extends string, C, T>(
    rounds: number,
    contestants: Readonly<Record<TName, C>>,
    measure: (contestant: C, name: TName) => Promise<T>,
  ): Promise<Samples<TName, T>>;
  /** Starts a host of the tree that is measured, and waits until it is ready. */
  startHost(options: HostOptions): Promise<HostProcess>;
  /** Starts those of several hosts that take part, one after the other. */
  startHosts(options: Contestants<HostOptions>): Promise<Hosts>;
  /** The contestants that take part: all of them, or all but the peers when two trees are compared. */
  takingPart<C>(contestants: Contestants<C>): Contestants<C>;
  /** The root of the tree that is measured. */
  readonly tree: string;
}

/** A set of measurements that belong together. */
export interface Suite {
  readonly name: string;
  readonly question: string;
  /** Contestants that are not Bulkhead: left out when two states of Bulkhead are compared. */
  readonly peers?: readonly string[];
  /** Folders below `benchmarks/hosts/` with locked dependencies, which are installed before. */
  readonly installs?: readonly string[];
  run(bench: Bench): Promise<readonly Row[]>;
}
