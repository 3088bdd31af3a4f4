import type { IncomingMessage, OutgoingHttpHeader, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { HeaderLines, type HeaderValue } from './header-lines.ts';
import { HeaderText } from './header-text.ts';
import { IdentifiedHeaders } from './identified-headers.ts';
import { nodeHttp } from './node-http.ts';
import type { HeaderBlock } from './security-headers.ts';

/** The headers of a response. */
const HEADERS = Symbol('bulkhead.headers');
/** What writes and removes headers where Node.js has them itself. */
const { prototype } = nodeHttp.ServerResponse;
const writeHeadOfNode: (status: number, reason: string | undefined, head: Head | undefined) => unknown =
  prototype.writeHead;

type Head = OutgoingHttpHeaders | OutgoingHttpHeader[];

/** What of Node.js puts a status line and headers together. Not documented: see {@link beginHead}. */
type StoreHeader = (this: HostResponse, statusLine: string, headers: unknown) => void;

/** What Node.js itself was given: empty unless somebody has called a method of its prototype. */
const namesOfNode: (this: ServerResponse) => string[] = prototype.getHeaderNames;

const storeHeaderOfNode = (prototype as { readonly _storeHeader?: StoreHeader })._storeHeader;

/** What Node.js makes responses with. Its own declarations leave the options out. */
const NodeResponse = nodeHttp.ServerResponse as typeof ServerResponse &
  (new <TRequest extends IncomingMessage>(request: TRequest, options?: object) => ServerResponse<TRequest>);

/**
 * A response of the host: to code that writes it like any other, but keeps its headers as the lines that they become.
 * Node.js makes an entry of each header and lines of all entries; with those that the host sends, that takes longer than
 * all of a small response.
 *
 * The methods are the response's own, not those of its prototype, which Express replaces.
 */
export class HostResponse<TRequest extends IncomingMessage = IncomingMessage> extends NodeResponse<TRequest> {
  [HEADERS]: HeaderLines = new HeaderLines();

  constructor(request: TRequest, options?: object) {
    super(request, options);
    this.setHeader = setHeader;
    this.appendHeader = appendHeader;
    this.getHeader = getHeader as this['getHeader'];
    this.getHeaders = getHeaders;
    this.getHeaderNames = getHeaderNames;
    (this as RawNames).getRawHeaderNames = getRawHeaderNames;
    this.hasHeader = hasHeader;
    this.removeHeader = removeHeader;
    this.writeHead = writeHead;
    if (beginsHeads) {
      (this as { _storeHeader?: StoreHeader })._storeHeader = beginHead;
    }
  }
}

/** What Node.js's own declarations leave out. */
interface RawNames {
  getRawHeaderNames?(): string[];
}

/**
 * Adds what is sent with every response.
 *
 * @param requestId - sent as `X-Request-Id`; known to have no character that a header must not have
 */
export function addHeaderBlock(response: ServerResponse, block: HeaderBlock, requestId?: string): void {
  const headers = prepared(block);
  (response as HostResponse)[HEADERS].addCommon(
    requestId === undefined ? headers : new IdentifiedHeaders(headers, requestId),
  );
}

const blocks = new WeakMap<HeaderBlock, HeaderText>();

function prepared(block: HeaderBlock): HeaderText {
  let headers = blocks.get(block);
  if (!headers) {
    blocks.set(block, (headers = new HeaderText(block)));
  }
  return headers;
}

function setHeader<T extends HostResponse>(this: T, name: string, value: HeaderValue): T {
  if (this.headersSent) {
    // Throws what Node.js has for it.
    return prototype.setHeader.call(this, name, value) as T;
  }
  check(name, value);
  this[HEADERS].set(name, value);
  return this;
}

function appendHeader<T extends HostResponse>(this: T, name: string, value: string | readonly string[]): T {
  if (this.headersSent) {
    return prototype.appendHeader.call(this, name, value) as T;
  }
  check(name, value);
  this[HEADERS].append(name, value);
  return this;
}

function check(name: string, value: HeaderValue): void {
  nodeHttp.validateHeaderName(name);
  if (Array.isArray(value)) {
    for (const one of value as readonly string[]) nodeHttp.validateHeaderValue(name, one);
  } else {
    nodeHttp.validateHeaderValue(name, value as string);
  }
}

function getHeader(this: HostResponse, name: string): HeaderValue | undefined {
  return this[HEADERS].get(name);
}

function hasHeader(this: HostResponse, name: string): boolean {
  return this[HEADERS].get(name) !== undefined;
}

function getHeaders(this: HostResponse): OutgoingHttpHeaders {
  const headers = Object.create(null) as Record<string, HeaderValue>;
  for (const key of this[HEADERS].keys) {
    headers[key] = this[HEADERS].get(key)!;
  }
  return headers as OutgoingHttpHeaders;
}

function getHeaderNames(this: HostResponse): string[] {
  return [...this[HEADERS].keys];
}

function getRawHeaderNames(this: HostResponse): string[] {
  return this[HEADERS].allLines.filter((_, index) => index % 2 === 0) as string[];
}

function removeHeader(this: HostResponse, name: string): void {
  // Node.js keeps in mind which of its own headers are not wanted.
  prototype.removeHeader.call(this, name);
  this[HEADERS].remove(name);
}

// eslint-disable-next-line @typescript-eslint/max-params -- As Node.js has it.
function writeHead<T extends HostResponse>(this: T, status: number, reason?: string | Head, head?: Head): T {
  const hasReason = typeof reason === 'string';
  const given = hasReason ? head : (head ?? reason);
  const hasOthers = namesOfNode.call(this).length > 0;
  if (hasOthers) {
    handOver(this);
  }
  if (hasOthers || this.headersSent || this[HEADERS].isEmpty) {
    writeHeadOfNode.call(this, status, hasReason ? reason : undefined, given);
    return this;
  }
  const before = this[HEADERS];
  const headers = given ? joined(before, given) : before;
  const lines = (beginsHeads ? headers.lines : headers.allLines) as OutgoingHttpHeader[];
  this[HEADERS] = headers;
  try {
    // Without a reason Node.js takes its own.
    writeHeadOfNode.call(this, status, hasReason ? reason : undefined, lines);
  } catch (error) {
    // What Node.js refuses must not be in the way of another answer.
    this[HEADERS] = before;
    throw error;
  }
  return this;
}

/**
 * Puts the headers that all responses have in common below the status line, as the text that they are, in place of having
 * Node.js check and write each of them. It has no public way to write a part of a head as text.
 */
function beginHead(this: HostResponse, statusLine: string, headers: unknown): void {
  const own = this[HEADERS];
  if (headers !== own.lines && !own.isEmpty) {
    // Somebody has called the prototype's writeHead, which knows nothing of these.
    const hasOthers = namesOfNode.call(this).length > 0;
    this[HEADERS] = joined(own, hasOthers ? prototype.getHeaders.call(this) : ((headers ?? {}) as Head));
  }
  const { common, lines } = this[HEADERS];
  storeHeaderOfNode!.call(this, `${statusLine}${common.text}`, own.isEmpty ? headers : lines);
}

const OWN_METHODS = [
  ...(['setHeader', 'appendHeader', 'getHeader', 'getHeaders', 'getHeaderNames', 'getRawHeaderNames'] as const),
  ...(['hasHeader', 'removeHeader', 'writeHead', '_storeHeader'] as const),
];

/** Leaves a response to Node.js, since somebody has set headers by the methods of its prototype. Those come first. */
function handOver(response: HostResponse): void {
  const { allLines } = response[HEADERS];
  for (const name of OWN_METHODS) {
    Reflect.deleteProperty(response, name);
  }
  for (let index = 0; index < allLines.length; index += 2) {
    const name = String(allLines[index]);
    if (!prototype.hasHeader.call(response, name)) prototype.setHeader.call(response, name, allLines[index + 1]!);
  }
}

/** Whether this Node.js still has that method, and writes heads by it. If not, it gets the lines of all headers. */
const beginsHeads = ((): boolean => {
  let isCalled = false;
  const response = new nodeHttp.ServerResponse({} as IncomingMessage);
  Object.assign(response, { _storeHeader: () => (isCalled = true) }).writeHead(200);
  return isCalled && storeHeaderOfNode !== undefined;
})();

/** What the head is written with comes before what was set. In a list, a name may stand more than once. */
function joined(headers: HeaderLines, given: Head): HeaderLines {
  if (Array.isArray(given)) {
    return headers.with(Array.isArray(given[0]) ? given.flat() : given);
  }
  const all = headers.copy();
  for (const name of Object.keys(given)) all.set(name, given[name]!);
  return all;
}
