/** A heading of `docs/errors.md`. */
export interface ErrorHeading {
  readonly code: string;
  /** The package under which it stands. */
  readonly section: string;
  /** Counted from 1. */
  readonly line: number;
  /** Whether anything is said under it. */
  readonly explained: boolean;
}

/** Reads the codes that have a heading `### ERR_…`, and the section `## …` that each stands in. */
export function readHeadings(markdown: string): ErrorHeading[] {
  const lines = markdown.split('\n');
  let section = '';
  return lines.flatMap((text, index): ErrorHeading[] => {
    section = /^## (\S+)/.exec(text)?.[1] ?? section;
    const code = /^### `?(ERR_[A-Z0-9_]+)`?\s*$/.exec(text)?.[1];
    if (!code) return [];
    const next = lines.slice(index + 1).find((line) => line.trim() !== '');
    return [{ code, section, line: index + 1, explained: next !== undefined && !next.startsWith('#') }];
  });
}
