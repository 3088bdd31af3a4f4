import { diffLines, type DiffLine } from './line-diff.ts';
import type { FileChange, MigrationPlan } from './migration-plan.ts';

/** How many unchanged lines stand around changed ones. */
const CONTEXT = 1;

/** The changes of a migration, as text: what is removed, and what comes in its place. */
export function renderMigration({ backend, changes }: MigrationPlan): string {
  if (changes.length === 0) return `Nothing has to change in ${backend}.\n`;
  return changes
    .map((change) => renderChange(change, changes))
    .filter(Boolean)
    .join('\n');
}

function renderChange({ name, before, after }: FileChange, changes: readonly FileChange[]): string {
  const renamed = changes.find(
    (other) => other.name !== name && (before === undefined ? other.before === after : other.after === before),
  );
  if (renamed && after === undefined) return `rename   ${name} to ${renamed.name}\n`;
  if (renamed && before === undefined) return '';
  if (before === undefined) return `new      ${name}\n`;
  if (after === undefined) return `remove   ${name}\n`;
  return `change   ${name}\n${renderDiff(diffLines(before, after))}`;
}

function renderDiff(lines: readonly DiffLine[]): string {
  const changed = lines.flatMap(({ type }, index) => (type === 'same' ? [] : [index]));
  const isShown = (index: number): boolean => changed.some((at) => Math.abs(at - index) <= CONTEXT);
  const width = String(Math.max(...lines.map(({ line }) => line))).length;
  let text = '';
  lines.forEach(({ type, text: line, line: number }, index) => {
    if (!isShown(index)) {
      if (index > 0 && isShown(index - 1) && changed.some((at) => at > index)) text += `  ${' '.repeat(width)} …\n`;
      return;
    }
    const mark = { same: ' ', removed: '-', added: '+' }[type];
    const label = type === 'added' ? '' : String(number);
    text += `  ${label.padStart(width)} ${mark} ${line}`.trimEnd() + '\n';
  });
  return text;
}
