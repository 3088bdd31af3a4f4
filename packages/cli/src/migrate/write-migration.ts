import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { wouldOverwrite } from './errors.ts';
import type { FileChange, MigrationPlan } from './migration-plan.ts';

/** Where a migration is written. */
export interface WriteOptions {
  /** Another folder than the repository, for the files that change. */
  readonly out?: string;
  /** Whether files that are there may be overwritten or removed. */
  readonly force: boolean;
}

/**
 * Writes what changes.
 *
 * @throws BulkheadError `ERR_CLI_MIGRATE_WOULD_OVERWRITE`
 */
export async function writeMigration(plan: MigrationPlan, { out, force }: WriteOptions): Promise<void> {
  const root = out === undefined ? plan.root : resolve(out);
  const targetOf = ({ name }: FileChange): string => join(root, name);
  const existing = plan.changes.map(targetOf).filter((file) => existsSync(file));
  if (existing.length > 0 && !force) throw wouldOverwrite(existing.map((file) => relative(process.cwd(), file)));
  for (const change of plan.changes) {
    const file = targetOf(change);
    if (change.after === undefined) {
      await rm(file, { force: true });
      continue;
    }
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, change.after);
  }
}
