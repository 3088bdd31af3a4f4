const RESET = '\u001b[0m';
/** Cyan, yellow, magenta, green, blue, and their brighter sisters; red is for errors. */
const COLOURS = [36, 33, 35, 32, 34, 96, 93, 95, 92, 94];

/** What stands before the lines of each process: its name, all of them as wide as the widest. */
export class ProcessPrefixes {
  readonly #prefixes: ReadonlyMap<string, string>;

  constructor(names: readonly string[], { colours }: { readonly colours: boolean }) {
    const width = Math.max(...names.map(({ length }) => length));
    const paint = (text: string, index: number): string =>
      colours ? `\u001b[${COLOURS[index % COLOURS.length]}m${text}${RESET}` : text;
    this.#prefixes = new Map(names.map((name, index) => [name, `${paint(`${name.padEnd(width)} |`, index)} `]));
  }

  /** The prefix of a process. */
  of(name: string): string {
    return this.#prefixes.get(name) ?? '';
  }
}
