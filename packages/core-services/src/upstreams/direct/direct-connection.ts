import { connect, type Socket } from 'node:net';
import { connectionClosed, invalidResponse, upstreamTooSlow } from '../errors.ts';
import { ChunkReader } from './chunk-reader.ts';
import type { DirectFailure, DirectReceiver, DirectRequest } from './direct-request.ts';
import { parseHead, type ParsedHead } from './response-head-parser.ts';

/** Why a connection is gone. */
export type GoneReason =
  /** The other side has ended it while it was idle. */
  | 'ended-idle'
  /** The other side has said with a response that it is the last one. */
  | 'ended-after-response'
  | 'other';

/** What a connection tells whoever keeps it. */
export interface ConnectionOwner {
  /** The connection is idle and can be used again. */
  onIdle(connection: DirectConnection): void;
  /** The connection is gone. */
  onGone(connection: DirectConnection, reason: GoneReason): void;
}

/** How a connection is made. Times are in milliseconds. */
export interface ConnectionOptions {
  readonly host: string;
  readonly port: number;
  /** What stands in the Host header. */
  readonly authority: string;
  readonly connectTimeout: number;
  /** 0 for ever. */
  readonly bodyTimeout: number;
  /** How long it may idle where the other side does not say. */
  readonly keepAliveTimeout: number;
}

/**
 * What comes is read into here, for all connections: reading is synchronous, and whatever is passed on is copied. To
 * allocate 64 KB for each read, as Node.js does, costs more unless the bodies are large.
 */
const READ_BUFFER = Buffer.allocUnsafeSlow(64 * 1024);
const MAX_HEAD = 64 * 1024;
const HEAD_END = Buffer.from('\r\n\r\n');
const EXPECT_BODY: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);
/** A connection is given up this long before the other side would close it. */
const SAFETY_MARGIN = 1_000;

/** One connection to another process, for one request at a time. */
export class DirectConnection {
  readonly #options: ConnectionOptions;
  readonly #owner: ConnectionOwner;
  readonly #socket: Socket;
  /** What follows the target of every request. */
  readonly #firstLines: string;
  readonly #resume = (): void => this.#goOn();
  #isConnected = false;
  #isPaused = false;
  #isGone = false;
  #request: DirectRequest | undefined;
  #receiver: DirectReceiver | undefined;
  #head: ParsedHead | undefined;
  /** The part of a head that has come. */
  #begun: Buffer | undefined;
  #left = 0;
  #chunks: ChunkReader | undefined;
  /** Until when something must happen, by `performance.now()`; while idle, until when it can be used. */
  deadline = Infinity;

  /** Begins to connect. */
  constructor(options: ConnectionOptions, owner: ConnectionOwner) {
    this.#options = options;
    this.#owner = owner;
    this.#firstLines = ` HTTP/1.1\r\nHost: ${options.authority}\r\nConnection: keep-alive\r\n`;
    this.deadline = performance.now() + options.connectTimeout;
    const { host, port } = options;
    const onread = { buffer: READ_BUFFER, callback: (length: number) => this.#onRead(length) };
    this.#socket = connect({ host, port, noDelay: true, keepAlive: true, onread })
      .on('connect', () => this.#onConnect())
      .on('end', () => this.#onClosed(undefined))
      .on('error', (error) => this.#onClosed(error))
      .on('close', () => this.#onClosed(undefined));
  }

  /** Sends a request, once there is a connection. There must be none under way. */
  send(request: DirectRequest, receiver: DirectReceiver): void {
    this.#request = request;
    this.#receiver = receiver;
    if (this.#isConnected) this.#write(request, receiver);
  }

  /** Gives up: whoever waits for the response no longer does. */
  destroy(): void {
    this.#receiver = undefined;
    this.#leave('other');
  }

  /** Called now and then. */
  checkDeadline(now: number): void {
    // Whoever takes no more for now is not waited for on behalf of the other side.
    if (now < this.deadline || this.#isPaused) return;
    if (!this.#isConnected) {
      this.#fail('not-sent', upstreamTooSlow('A connection'));
    } else if (this.#receiver) {
      this.#fail('too-slow', upstreamTooSlow(this.#head ? 'The body of a response' : 'A response'));
    } else {
      this.#leave('other');
    }
  }

  #onConnect(): void {
    this.#isConnected = true;
    if (this.#request && this.#receiver) this.#write(this.#request, this.#receiver);
  }

  #write(request: DirectRequest, receiver: DirectReceiver): void {
    const { method, lines, path, body, headersTimeout, deadline } = request;
    this.deadline = headersTimeout === 0 ? deadline : Math.min(deadline, performance.now() + headersTimeout);
    let head = `${method} ${path}${this.#firstLines}${lines}`;
    if (body) head += `Content-Length: ${body.length}\r\n`;
    else if (EXPECT_BODY.has(method)) head += 'Content-Length: 0\r\n';
    receiver.onSent();
    if (this.#isGone) return;
    if (body) {
      this.#socket.cork();
      this.#socket.write(`${head}\r\n`, 'latin1');
      this.#socket.write(body);
      this.#socket.uncork();
    } else {
      this.#socket.write(`${head}\r\n`, 'latin1');
    }
  }

  /** @returns whether to go on reading */
  #onRead(length: number): boolean {
    this.#isPaused = false;
    this.#onBytes(READ_BUFFER.subarray(0, length));
    return !this.#isPaused;
  }

  #onBytes(bytes: Buffer): void {
    if (!this.#receiver) {
      // Nobody has asked for anything: the other side says goodbye, or is not to be trusted.
      this.#leave('ended-idle');
      return;
    }
    try {
      const rest = this.#head ? bytes : this.#readHead(bytes);
      if (rest) this.#readBody(rest);
    } catch (error) {
      this.#fail('invalid-answer', error as Error);
    }
  }

  /** @returns what follows the head; `undefined` while the head is not complete */
  #readHead(bytes: Buffer): Buffer | undefined {
    const all = this.#begun ? Buffer.concat([this.#begun, bytes]) : bytes;
    const end = all.indexOf(HEAD_END);
    if (end === -1 || end > MAX_HEAD) {
      if (all.length > MAX_HEAD) throw invalidResponse('its head is too long');
      this.#begun = Buffer.from(all);
      return undefined;
    }
    this.#begun = undefined;
    const head = parseHead(all.toString('latin1', 0, end), this.#request!.method);
    const rest = all.subarray(end + 4);
    if (head.status < 200) {
      // Interim answers are about the connection. A change of protocol was not asked for.
      if (head.status === 101) throw invalidResponse('it changes the protocol');
      return rest.length === 0 ? undefined : this.#readHead(rest);
    }
    this.#begin(head);
    return rest;
  }

  #begin(head: ParsedHead): void {
    const { framing, status, headers } = head;
    this.#head = head;
    this.#left = framing.type === 'length' ? framing.length : 0;
    this.#chunks = framing.type === 'chunks' ? new ChunkReader((data) => this.#passOn(data)) : undefined;
    this.#extendDeadline();
    this.#receiver?.onHead(status, headers, this.#resume);
  }

  #readBody(bytes: Buffer): void {
    const head = this.#head!;
    if (this.#isGone) return;
    this.#extendDeadline();
    let taken = 0;
    switch (head.framing.type) {
      case 'none':
        break;
      case 'length':
        taken = Math.min(this.#left, bytes.length);
        this.#left -= taken;
        if (taken > 0) this.#passOn(taken === bytes.length ? bytes : bytes.subarray(0, taken));
        break;
      case 'chunks':
        taken = this.#chunks!.read(bytes);
        break;
      case 'rest':
        if (bytes.length > 0) this.#passOn(bytes);
        return;
    }
    const isComplete = this.#chunks ? this.#chunks.isDone : this.#left === 0;
    if (isComplete && !this.#isGone) this.#complete(head.isKept && taken === bytes.length);
  }

  #passOn(data: Buffer): void {
    if (this.#receiver && !this.#receiver.onChunk(Buffer.from(data))) this.#isPaused = true;
  }

  #goOn(): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    this.#extendDeadline();
    this.#socket.resume();
  }

  #extendDeadline(): void {
    const { bodyTimeout } = this.#options;
    this.deadline = bodyTimeout === 0 ? Infinity : performance.now() + bodyTimeout;
  }

  #complete(isKept: boolean): void {
    const receiver = this.#receiver;
    const keptFor = this.#head?.keptFor;
    this.#request = undefined;
    this.#receiver = undefined;
    this.#head = undefined;
    this.#chunks = undefined;
    const { keepAliveTimeout } = this.#options;
    const idleTime = keptFor === undefined ? keepAliveTimeout : keptFor * 1_000 - SAFETY_MARGIN;
    if (isKept && idleTime > 0) {
      this.deadline = performance.now() + idleTime;
      this.#isPaused = false;
      this.#owner.onIdle(this);
    } else {
      this.#leave('ended-after-response');
    }
    receiver?.onEnd();
  }

  #onClosed(error: Error | undefined): void {
    if (this.#isGone) return;
    if (!this.#receiver) {
      this.#leave('ended-idle');
    } else if (!error && this.#head?.framing.type === 'rest') {
      this.#complete(false);
    } else {
      this.#fail(this.#isConnected ? 'broken' : 'not-sent', error ?? connectionClosed());
    }
  }

  #fail(failure: DirectFailure, cause: Error): void {
    const receiver = this.#receiver;
    this.#receiver = undefined;
    this.#leave('other');
    receiver?.onFailure(failure, cause);
  }

  #leave(reason: GoneReason): void {
    if (this.#isGone) return;
    this.#isGone = true;
    this.#socket.destroy();
    this.#owner.onGone(this, reason);
  }
}
