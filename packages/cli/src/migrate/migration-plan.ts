import type { Problem } from '@bulkhead/errors';

/** What becomes of a file. */
export interface FileChange {
  /** Absolute path. */
  readonly path: string;
  /** As it is shown, relative to the repository. */
  readonly name: string;
  /** `undefined`: it is new. */
  readonly before?: string;
  /** `undefined`: it goes. */
  readonly after?: string;
}

/** What a migration would do. */
export interface MigrationPlan {
  /** The root of the repository. */
  readonly root: string;
  /** The package of the host, relative to the root. */
  readonly backend: string;
  readonly changes: readonly FileChange[];
  /** What cannot be moved. Nothing is written while there is anything. */
  readonly problems: readonly Problem[];
  /** What works, but deserves a look. */
  readonly remarks: readonly Problem[];
}

/** What one part of a migration found. */
export interface Findings {
  readonly problems: Problem[];
  readonly remarks: Problem[];
}
