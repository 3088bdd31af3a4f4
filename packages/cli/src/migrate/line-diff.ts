/** A line of a diff. */
export interface DiffLine {
  readonly type: 'same' | 'removed' | 'added';
  readonly text: string;
  /** Its number, from 1, in the text before; for an added line that of the line that it follows. */
  readonly line: number;
}

/** What became of the lines of a text: the fewest removed and added ones. */
export function diffLines(before: string, after: string): readonly DiffLine[] {
  const a = before.split('\n');
  const b = after.split('\n');
  const lengths = commonLengths(a, b);
  const lines: DiffLine[] = [];
  let row = 0;
  let column = 0;
  while (row < a.length || column < b.length) {
    if (row < a.length && a[row] === b[column]) {
      lines.push({ type: 'same', text: a[row]!, line: row + 1 });
      row++;
      column++;
    } else if (column === b.length || (row < a.length && lengths[row + 1]![column]! >= lengths[row]![column + 1]!)) {
      lines.push({ type: 'removed', text: a[row]!, line: row + 1 });
      row++;
    } else {
      lines.push({ type: 'added', text: b[column]!, line: row });
      column++;
    }
  }
  return lines;
}

/** How many lines two texts have in common, in order, from each pair of lines on. */
function commonLengths(a: readonly string[], b: readonly string[]): readonly Uint32Array[] {
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
  for (let row = a.length - 1; row >= 0; row--) {
    for (let column = b.length - 1; column >= 0; column--) {
      lengths[row]![column] =
        a[row] === b[column]
          ? lengths[row + 1]![column + 1]! + 1
          : Math.max(lengths[row + 1]![column]!, lengths[row]![column + 1]!);
    }
  }
  return lengths;
}
