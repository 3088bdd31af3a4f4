import { relative } from 'node:path';
import { DEVELOPMENT } from '../migrate/migrate-manifest.ts';
import { planMigration } from '../migrate/plan-migration.ts';
import { renderMigration } from '../migrate/render-migration.ts';
import { writeMigration } from '../migrate/write-migration.ts';
import { writeProblems, writeWarnings } from '../output.ts';

/** Options of `bulkhead migrate backstage`. */
export interface MigrateBackstageOptions {
  /** Write the changes instead of only showing them. */
  readonly write?: boolean;
  readonly force?: boolean;
  /** Another folder than the repository for what changes. */
  readonly out?: string;
}

/** Moves a backend made for Backstage to this host, or says what cannot be moved. */
export async function migrateBackstage(folder: string, options: MigrateBackstageOptions): Promise<void> {
  const { write = false, force = false, out } = options;
  const plan = await planMigration(folder);
  process.stdout.write(renderMigration(plan));
  writeWarnings(plan.remarks);
  writeProblems(plan.problems);
  if (plan.problems.length > 0) {
    process.stderr.write('Nothing was written. Mend what is named above, then run the command again.\n');
    return;
  }
  if (plan.changes.length === 0) return;
  if (!write) {
    process.stdout.write('\nNothing was written. Add --write to write the changes.\n');
    return;
  }
  await writeMigration(plan, { out, force });
  const host = relative(process.cwd(), `${out ?? plan.root}/${plan.backend}`) || '.';
  process.stdout.write(
    `\nWritten. Install the packages, then run \`npx bulkhead inspect\` and \`${DEVELOPMENT} npx bulkhead start\` in ${host}.\n`,
  );
}
