/** The head of a response. */
export interface ResponseHead {
  readonly status: number;
  /** By name in lower case; several of one name are joined. */
  readonly headers: Record<string, string>;
}

const END = '\r\n\r\n';

/**
 * Cuts the head off what Node.js has written. Heads that only announce others (100 to 199) are passed over.
 *
 * @returns the head and what follows it; `undefined` if there is none yet
 */
export function cutHead(text: string): { readonly head: ResponseHead; readonly rest: string } | undefined {
  const end = text.indexOf(END);
  if (end === -1) {
    return undefined;
  }
  const rest = text.slice(end + END.length);
  return text.startsWith('HTTP/1.1 1') ? cutHead(rest) : { head: parseHead(text.slice(0, end)), rest };
}

/** Node.js has written it, so there is nothing to be checked. */
function parseHead(text: string): ResponseHead {
  const headers: Record<string, string> = {};
  let start = text.indexOf('\r\n');
  const status = Number(text.slice(9, 12));
  while (start !== -1) {
    start += 2;
    const end = text.indexOf('\r\n', start);
    const line = end === -1 ? text.slice(start) : text.slice(start, end);
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 2);
    const before = headers[name];
    headers[name] = before === undefined ? value : `${before}, ${value}`;
    start = end;
  }
  return { status, headers };
}
