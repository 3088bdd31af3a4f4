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
