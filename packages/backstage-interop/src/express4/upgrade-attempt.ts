import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { HttpApplicationUpgrade } from '@bulkhead/backend-plugin-api';
import { isPromise } from './async-handlers.ts';
import { destroyWhenHungUp } from './hung-up.ts';
import { serverOf } from './server-listeners.ts';
import { SocketWatch } from './socket-watch.ts';

/** How long listeners may take to look into a request before it is answered in their place. */
const PATIENCE = 10_000;

/** Called with the server for `this`. */
export type UpgradeListener = (...args: [request: IncomingMessage, socket: Duplex, head: Buffer]) => unknown;

/**
 * A request for another protocol that waits for somebody to take its socket. Taken it is as soon as somebody writes to it,
 * other than through the response.
 */
export class UpgradeAttempt {
  /** Called once it has been taken or answered, or its socket is closed. */
  onEnd: (() => void) | undefined = undefined;
  readonly #upgrade: HttpApplicationUpgrade;
  readonly #socket: Socket;
  readonly #target: string;
  readonly #watch: SocketWatch;
  readonly #stopReading: () => void;
  /** Runs while listeners may be looking into the request. */
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;

  constructor(upgrade: HttpApplicationUpgrade) {
    const { request, response } = upgrade;
    this.#upgrade = upgrade;
    this.#socket = upgrade.socket as Socket;
    this.#target = (request as { originalUrl?: string }).originalUrl ?? request.url ?? '/';
    this.#stopReading = destroyWhenHungUp(this.#socket);
    this.#socket.once('close', () => this.#closed());
    this.#watch = new SocketWatch(response, this.#socket, (status) => this.#taken(status));
  }

  /**
   * Calls listeners, which see the request as Node.js hands it to listeners of a server.
   *
   * @returns whether all have let the request be; as far as can be told: those that are no async functions may come back
   */
  async offer(listeners: readonly UpgradeListener[]): Promise<boolean> {
    const { request, response } = this.#upgrade;
    if (this.#isOver || response.headersSent) {
      return false;
    }
    this.#stopReading();
    // What handlers have begun to do about the request must not get in between.
    if (response.socket) response.detachSocket(this.#socket);
    Object.assign(request, { url: this.#target, baseUrl: '' });
    this.#timer ??= setTimeout(() => this.#giveUp(), PATIENCE).unref();
    this.#watch.lookForSigns();
    const results = listeners.map((listener) => this.#call(listener));
    const through = results.filter((result) => result !== undefined);
    await Promise.all(through);
    return through.length === results.length && !this.#isOver && !this.#watch.isWanted;
  }

  /** Sends the request through handlers, which see it as it was. Whoever adds a listener meanwhile is offered it. */
  runHandlers({ url, baseUrl }: HandlersPlace, run: (next: (error?: unknown) => void) => void): void {
    const { request, response } = this.#upgrade;
    if (!response.socket) response.assignSocket(this.#socket);
    Object.assign(request, { url, baseUrl });
    run((error) => this.#passOn(error));
  }

  /** The handlers have not answered. Listeners that were offered the request may still take it. */
  #passOn(error?: unknown): void {
    if (!this.#isOver && (error || this.#timer === undefined)) {
      this.#giveUp(error);
    }
  }

  /** @returns nothing for a listener that does not tell when it is through */
  #call(listener: UpgradeListener): Promise<void> | undefined {
    const { request, head } = this.#upgrade;
    try {
      const result = listener.call(serverOf(request), request, this.#socket, head);
      return isPromise(result) ? Promise.resolve(result).then(undefined, (error) => this.#failed(error)) : undefined;
    } catch (error) {
      this.#failed(error);
      return undefined;
    }
  }

  #failed(error: unknown): void {
    if (this.#isOver) throw error;
    this.#giveUp(error);
  }

  #taken(status: number): void {
    this.#end();
    this.#upgrade.release(status);
  }

  #giveUp(error?: unknown): void {
    if (this.#isOver) {
      return;
    }
    this.#end();
    // If a handler has answered in the meantime, that goes out now.
    if (!this.#upgrade.response.socket) this.#upgrade.response.assignSocket(this.#socket);
    this.#upgrade.next(error);
  }

  #closed(): void {
    const { response } = this.#upgrade;
    this.#end();
    // Handlers that have seen the request look after the response. One without a socket does not hear of its end.
    if (!response.socket) response.emit('close');
  }

  #end(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#watch.stop();
    this.#stopReading();
    this.onEnd?.();
  }
}

/** How handlers see where a request goes. */
export interface HandlersPlace {
  readonly url: string;
  readonly baseUrl: string;
}
