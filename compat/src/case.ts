import type { Host } from './host.ts';

/** A published package, and what shows that it does its work. */
export interface Case {
  /** The package, as `backend.add(import('…'))` names it. */
  readonly name: string;
  /** The id of the plugin, or `plugin/module`, by which the startup report knows it. */
  readonly feature: string;
  /** What is asked of it, for the table. */
  readonly proof: string;
  /** Asks it. Rejects when the answer is not what the package promises. */
  prove(host: Host): Promise<void>;
}

/** A published package that is not in the host, and why. */
export interface Omission {
  readonly name: string;
  readonly reason: string;
}

/** Something that takes several packages together: a sentence, and what shows that it is true. */
export interface Story {
  readonly title: string;
  tell(host: Host): Promise<void>;
}

/** How a case or a story went. */
export interface Outcome {
  readonly name: string;
  readonly proof: string;
  /** The version that is installed; a story has none. */
  readonly version?: string;
  /** Whether the startup report has it without a failure; a story has no start of its own. */
  readonly started?: boolean;
  /** Milliseconds until it had started, and until it was proved. */
  readonly startTime?: number;
  readonly proofTime: number;
  /** Why it failed. */
  readonly failure?: string;
}
