/** Names of headers in lower case, by the form in which they are given. Nearly always that is one of a few. */
const known = new Map<string, string>();
const MOST = 1_000;

/** The name of a header in lower case. What is looked up by it is found sooner than by a text that was just made. */
export function lowerCaseOf(name: string): string {
  let key = known.get(name);
  if (key === undefined) {
    key = name.toLowerCase();
    if (known.size < MOST) known.set(name, key);
  }
  return key;
}
