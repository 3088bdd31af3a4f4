/** Headers that are about one connection, and go no further (RFC 9110, 7.6.1). In lower case. */
const HOP_BY_HOP: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'http2-settings',
]);

/** Whether a header, by its name in lower case, is about one connection only. */
export function isHopByHop(name: string): boolean {
  return HOP_BY_HOP.has(name) || name.startsWith('proxy-');
}

/** What `Connection` says on nearly all messages: nothing about further headers. */
const COMMON = /^(?:keep-alive|close|upgrade)$/i;

/**
 * The headers that a `Connection` header declares to be about the connection, in lower case.
 *
 * @returns `undefined` when there are none
 */
export function namedByConnection(value: string | undefined): ReadonlySet<string> | undefined {
  if (value === undefined || COMMON.test(value)) {
    return undefined;
  }
  return new Set(value.split(',').map((name) => name.trim().toLowerCase()));
}

/** How many names {@link NameSorter} remembers. Clients choose names; there are not many that are in use. */
const MAX_REMEMBERED = 500;

/** Sorts headers by their names, in whatever case, and remembers how it has sorted those that come again and again. */
export class NameSorter<T> {
  readonly #sort: (lowerCase: string) => T;
  readonly #remembered = new Map<string, T>();

  /** @param sort - told names in lower case; never gives `undefined` */
  constructor(sort: (lowerCase: string) => T) {
    this.#sort = sort;
  }

  /** What a header is. */
  of(name: string): T {
    const known = this.#remembered.get(name);
    if (known !== undefined) {
      return known;
    }
    const found = this.#sort(name.toLowerCase());
    if (this.#remembered.size < MAX_REMEMBERED) {
      this.#remembered.set(name, found);
    }
    return found;
  }
}
