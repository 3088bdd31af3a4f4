/** A piece of a TypeScript declaration. */
export interface Token {
  readonly type: 'name' | 'text' | 'mark' | 'end';
  /** The piece as it stands there; the content of a text without its quotes. */
  readonly value: string;
  /** The `/** … *\/` in front of it. */
  readonly doc?: string;
  /** Whether a new line begins in front of it. */
  readonly startsLine: boolean;
}

const PATTERN =
  /(?<space>\s+)|(?<doc>\/\*\*[^]*?\*\/)|(?<comment>\/\/[^\n]*|\/\*[^]*?\*\/)|(?<name>[\p{ID_Start}$_][\p{ID_Continue}$]*)|(?<text>'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`|\d[\w.]*)|(?<mark>=>|\.\.\.|[^])/gu;

/** Cuts a declaration into its pieces. Takes any text: what is no TypeScript becomes marks. */
export function scanTokens(source: string): readonly Token[] {
  const tokens: Token[] = [];
  let doc: string | undefined;
  let startsLine = true;
  for (const { groups, 0: piece } of source.matchAll(PATTERN)) {
    const { space, doc: found, comment, name, text } = groups!;
    if (space !== undefined || comment !== undefined) {
      startsLine ||= piece.includes('\n');
      continue;
    }
    if (found !== undefined) {
      doc = found;
      startsLine ||= found.includes('\n');
      continue;
    }
    const type = name !== undefined ? 'name' : text !== undefined ? 'text' : 'mark';
    const value = text === undefined ? piece : piece.replace(/^(['"`])([^]*)\1$/, '$2');
    tokens.push({ type, value, startsLine, ...(doc !== undefined && { doc }) });
    doc = undefined;
    startsLine = false;
  }
  return [...tokens, { type: 'end', value: '', startsLine: true }];
}
