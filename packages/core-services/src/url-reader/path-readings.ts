/** A path that is encoded more often than this is not worth understanding. */
const MAX_ENCODINGS = 8;

/**
 * The ways in which servers may read a path: as it is; with dots resolved and slashes merged; then decoded once,
 * twice, … until nothing is encoded. Where one server sees `/public/..%2fsecret`, the next one sees `/secret`, so a rule
 * about paths is only met when it is met in every reading.
 *
 * @param pathname - of a `URL`, so the dots that the standard knows are resolved
 * @returns `undefined` if it is encoded too often
 */
export function pathReadings(pathname: string): readonly string[] | undefined {
  let decoded = normalizeEncoding(pathname);
  const readings = [decoded, resolve(decoded)];
  for (let encodings = 0; encodings <= MAX_ENCODINGS; encodings++) {
    const next = decode(decoded);
    if (next === decoded) return readings;
    readings.push(resolve(next));
    decoded = next;
  }
  return undefined;
}

/**
 * Whether `path` is `ancestor`, or below it by whole segments, in every reading. An ancestor that ends in a slash is
 * not below itself without the slash.
 */
export function isPathWithin(path: readonly string[], ancestor: readonly string[]): boolean {
  const last = ancestor.at(-1)!;
  return path.every((reading, index) => isBelow(reading, ancestor[index] ?? last));
}

function isBelow(path: string, ancestor: string): boolean {
  return path === ancestor || path.startsWith(ancestor.endsWith('/') ? ancestor : `${ancestor}/`);
}

/** One spelling for what means the same (RFC 3986 §6.2.2): `%7euser` is `~user`, `%2f` is `%2F`. */
function normalizeEncoding(pathname: string): string {
  return pathname.replace(/%[\da-f]{2}/gi, (encoded) => {
    const character = decode(encoded);
    return /[\w.~-]/.test(character) ? character : encoded.toUpperCase();
  });
}

/** By bytes: what matters here is ASCII, and malformed UTF-8 must not make it fail. */
function decode(text: string): string {
  return text.replace(/%([\da-f]{2})/gi, (_encoded, code: string) => String.fromCharCode(parseInt(code, 16)));
}

function resolve(path: string): string {
  const segments: string[] = [];
  const parts = path.split(/[/\\]/);
  for (const part of parts) {
    // Some servers take '..;x' for '..' with a parameter.
    const name = part.replace(/^(\.{1,2});.*$/s, '$1');
    if (name === '..') segments.pop();
    else if (name !== '' && name !== '.') segments.push(part);
  }
  const slash = segments.length > 0 && parts.at(-1) === '' ? '/' : '';
  return `/${segments.join('/')}${slash}`;
}
