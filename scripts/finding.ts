/** Something in the repository that departs from its rules. */
export interface Finding {
  /** Path of the file to mend, from the root of the repository. */
  readonly file: string;
  /** What is wrong, and what to do about it. */
  readonly message: string;
}

/**
 * Prints findings in the order of their files, one line each.
 *
 * @param subject - what was checked, for the line that says that all is well
 * @returns the exit code: 0 without findings, else 1
 */
export function report(subject: string, findings: readonly Finding[], print = console.log): 0 | 1 {
  const lines = findings.map(({ file, message }) => `${file}: ${message}`);
  for (const line of [...new Set(lines)].sort()) print(line);
  print(findings.length === 0 ? `${subject}: in order` : `${subject}: ${lines.length} to mend`);
  return findings.length === 0 ? 0 : 1;
}
