import { invalidResponse } from '../errors.ts';

/** How the end of a body is found. */
export type BodyFraming =
  | { readonly type: 'none' }
  | { readonly type: 'length'; readonly length: number }
  | { readonly type: 'chunks' }
  /** It ends with the connection. */
  | { readonly type: 'rest' };

/** The head of a response. */
export interface ParsedHead {
  readonly status: number;
  /** Names and values in turn. */
  readonly headers: string[];
  readonly framing: BodyFraming;
  /** Whether the connection can be used for another request afterwards. */
  readonly isKept: boolean;
  /** For how many seconds the other side says that it keeps an idle connection. */
  readonly keptFor: number | undefined;
}

const STATUS_LINE = /^HTTP\/1\.([01]) ([1-5]\d\d)(?: |$)/;
/** Control characters, and CR and LF that are not a line break. */
const ILLEGAL = /[^\t\r\n -~\x80-\xff]|\r(?!\n)|(?:^|[^\r])\n/;
const NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const LENGTH = /^\d{1,15}$/;
const NONE: BodyFraming = { type: 'none' };

/**
 * Parses the head of a response, stricter than it must be: what another reader could see differently is refused, since
 * it would go on to a client.
 *
 * @param text - without the empty line
 * @throws BulkheadError `ERR_UPSTREAM_RESPONSE`
 */
export function parseHead(text: string, method: string): ParsedHead {
  if (ILLEGAL.test(text)) throw invalidResponse('its head has a control character');
  const lines = text.split('\r\n');
  const statusLine = STATUS_LINE.exec(lines[0]!);
  if (!statusLine) throw invalidResponse('it does not begin with a status line');
  const status = Number(statusLine[2]);
  const fields = new HeadFields();
  for (let index = 1; index < lines.length; index++) fields.add(lines[index]!);
  const { headers, connection, keptFor } = fields;
  const framing = framingOf(fields, status, method);
  const wantsToStay = statusLine[1] === '1' ? !/\bclose\b/i.test(connection) : /\bkeep-alive\b/i.test(connection);
  return { status, headers, framing, keptFor, isKept: wantsToStay && framing.type !== 'rest' };
}

/** The header lines, and what matters of them here. */
class HeadFields {
  readonly headers: string[] = [];
  length: string | undefined;
  coding: string | undefined;
  connection = '';
  keptFor: number | undefined;

  add(line: string): void {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon);
    if (colon < 1 || !NAME.test(name)) throw invalidResponse('it has a malformed header line');
    const value = line.slice(colon + 1).trim();
    this.headers.push(name, value);
    // Of nearly all headers the length of the name tells enough.
    switch (name.length) {
      case 10:
        this.#noteConnection(name.toLowerCase(), value);
        break;
      case 14:
        if (name.toLowerCase() === 'content-length') this.#noteLength(value);
        break;
      case 17:
        if (name.toLowerCase() === 'transfer-encoding') this.#noteCoding(value);
        break;
    }
  }

  #noteConnection(name: string, value: string): void {
    if (name === 'connection') {
      this.connection = this.connection === '' ? value : `${this.connection}, ${value}`;
    } else if (name === 'keep-alive') {
      const seconds = /\btimeout=(\d{1,6})/i.exec(value)?.[1];
      this.keptFor = seconds === undefined ? undefined : Number(seconds);
    }
  }

  #noteLength(value: string): void {
    if (this.length !== undefined || !LENGTH.test(value))
      throw invalidResponse('its length is malformed or given twice');
    this.length = value;
  }

  #noteCoding(value: string): void {
    if (this.coding !== undefined || value.toLowerCase() !== 'chunked') {
      throw invalidResponse('it has a transfer coding besides chunked');
    }
    this.coding = value;
  }
}

function framingOf({ length, coding }: HeadFields, status: number, method: string): BodyFraming {
  if (length !== undefined && coding !== undefined) throw invalidResponse('it has both a length and chunks');
  if (method === 'HEAD' || status < 200 || status === 204 || status === 304) return NONE;
  if (coding !== undefined) return { type: 'chunks' };
  return length === undefined ? { type: 'rest' } : { type: 'length', length: Number(length) };
}
