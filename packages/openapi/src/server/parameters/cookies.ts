import type { Violations } from '../violations/violations.ts';
import type { ParameterDecoder } from './parameter-decoder.ts';

/** The cookie parameters of an operation. Other cookies, of which a browser may send many, are not looked at. */
export function readCookies(
  header: string | undefined,
  decoders: readonly ParameterDecoder[],
  violations: Violations,
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  if (header === undefined) {
    return values;
  }
  const cookies = parseCookies(header);
  for (const decoder of decoders) {
    const { name, shape, style, explode } = decoder.parameter;
    const value =
      shape.type === 'object' && style === 'form' && explode
        ? decodeSpread(decoder, cookies, violations)
        : decodeNamed(decoder, cookieAt(cookies, name), violations);
    if (value !== undefined) {
      values[name] = value;
    }
  }
  return values;
}

function decodeNamed(decoder: ParameterDecoder, raws: readonly string[] | undefined, violations: Violations): unknown {
  return raws && decoder.decode(raws, violations);
}

/** An object with a cookie for each property that the contract names. Any other cookie is somebody else's. */
function decodeSpread(
  decoder: ParameterDecoder,
  cookies: ReadonlyMap<string, readonly string[]>,
  violations: Violations,
): unknown {
  const { shape } = decoder.parameter;
  const names = shape.type === 'object' ? Object.keys(shape.properties) : [];
  const pairs = names.flatMap((name) =>
    (cookieAt(cookies, name) ?? []).map((raw): [string, string] => [encodeURIComponent(name), raw]),
  );
  return pairs.length === 0 ? undefined : decoder.decodePairs(pairs, violations);
}

/** The values of a cookie, whose name may hold what only travels percent-encoded. */
function cookieAt(cookies: ReadonlyMap<string, readonly string[]>, name: string): readonly string[] | undefined {
  return cookies.get(encodeURIComponent(name)) ?? cookies.get(name);
}

/** RFC 6265, 4.2.1 */
function parseCookies(header: string): ReadonlyMap<string, string[]> {
  const cookies = new Map<string, string[]>();
  for (const pair of header.split(';')) {
    const equals = pair.indexOf('=');
    if (equals > 0) {
      const name = pair.slice(0, equals).trim();
      const value = unquote(pair.slice(equals + 1).trim());
      const others = cookies.get(name);
      if (others) {
        others.push(value);
      } else {
        cookies.set(name, [value]);
      }
    }
  }
  return cookies;
}

function unquote(value: string): string {
  return value.length >= 2 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : value;
}
