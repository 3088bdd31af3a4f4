/** What comes before a plugin's id in a request target. */
export const PLUGIN_PREFIX = '/api/';

/**
 * Matches only what makes a target worth a closer look: a character other than the printable ASCII ones that may
 * stand in a target, a percent sign, or a segment that begins with a dot. Nearly no target does.
 */
const UNUSUAL = /[^!"$&-[\]-~]|\/\./;
const ILLEGAL_CHARACTER = /[^!-~]|[#\\]/;
const BROKEN_ESCAPE = /%(?![0-9a-f]{2})/i;
/** A `.` or `..` between separators, however either is written. */
const DOT_SEGMENT = /(?:^|\/|%2f|%5c)(?:\.|%2e){1,2}(?=$|\/|%2f|%5c)/i;
const ABSOLUTE_FORM = /^https?:\/\/[^/?#]*/i;

/**
 * The target in origin form (`/path?query`), which is the only one that is routed. Proxies may send the absolute form
 * (RFC 9112, 3.2.2), whose scheme and authority are dropped.
 *
 * @returns `undefined` for the other forms (`*`, `host:port`)
 */
export function toOriginForm(target: string): string | undefined {
  if (target.charCodeAt(0) === 0x2f) {
    return target;
  }
  const origin = ABSOLUTE_FORM.exec(target);
  if (!origin) {
    return undefined;
  }
  const rest = target.slice(origin[0].length);
  return rest.startsWith('/') ? rest : `/${rest}`;
}

/**
 * What is wrong with a target in origin form, as the end of a sentence, or `undefined`.
 *
 * No client that follows the standards sends any of this: they resolve dot segments before they send, and escape what
 * is not ASCII. So nothing behind this check has to fear that a path means something else once it is decoded.
 */
export function findTargetFault(target: string): string | undefined {
  if (!UNUSUAL.test(target)) {
    return undefined;
  }
  if (ILLEGAL_CHARACTER.test(target)) {
    return 'has a character that must be percent-encoded';
  }
  if (target.includes('%00')) {
    return 'has an encoded NUL character';
  }
  const path = pathOf(target);
  if (BROKEN_ESCAPE.test(path)) {
    return 'has a percent sign that two hexadecimal digits do not follow';
  }
  if (!isDecodable(path)) {
    return 'has percent-encoded bytes that are not UTF-8';
  }
  return DOT_SEGMENT.test(path) ? "has a '.' or '..' segment" : undefined;
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/** A target without its query. */
export function pathOf(target: string): string {
  const query = target.indexOf('?');
  return query === -1 ? target : target.slice(0, query);
}

/** The plugin's id in a target that begins with {@link PLUGIN_PREFIX}. Nothing is decoded: ids need no escapes. */
export function pluginIdOf(target: string): string {
  const slash = target.indexOf('/', PLUGIN_PREFIX.length);
  const query = target.indexOf('?', PLUGIN_PREFIX.length);
  const end = slash === -1 || (query !== -1 && query < slash) ? query : slash;
  return end === -1 ? target.slice(PLUGIN_PREFIX.length) : target.slice(PLUGIN_PREFIX.length, end);
}

/** A target relative to a mount: `/api/todo?x` below `/api/todo` is `/?x`. */
export function relativeTarget(target: string, mountLength: number): string {
  const rest = target.slice(mountLength);
  return rest.charCodeAt(0) === 0x2f ? rest : `/${rest}`;
}

/** Whether `path` is `prefix` or lies below it, by whole segments. */
export function isWithin(path: string, prefix: string): boolean {
  return path.startsWith(prefix) && (path.length === prefix.length || path.charCodeAt(prefix.length) === 0x2f);
}
