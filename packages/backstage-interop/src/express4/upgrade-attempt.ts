import type { EventEmitter } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { HttpApplicationUpgrade } from '@bulkhead/backend-plugin-api';
import { destroyWhenHungUp } from './hung-up.ts';
import { serverOf } from './server-listeners.ts';
import { whenWrittenPast } from './written-past.ts';

/** How long listeners may take to look into a request before it is answered in their place. */
const PATIENCE = 10_000;

/** Called with the server for `this`. */
type UpgradeListener = (...args: [request: IncomingMessage, socket: Duplex, head: Buffer]) => unknown;

/**
 * A request for another protocol that waits for somebody to take its socket. Taken it is as soon as somebody writes to it,
 * other than through the response.
 */
export class UpgradeAttempt {
  /** Called once it has been taken, or its socket is closed. */
  onEnd: (() => void) | undefined = undefined;
  readonly #upgrade: HttpApplicationUpgrade;
  readonly #listeners: EventEmitter;
  readonly #target: string;
  readonly #unwatch: () => void;
  readonly #stopReading: () => void;
  #timer: NodeJS.Timeout | undefined;
  #isOffered = false;
  #isOver = false;

  constructor(upgrade: HttpApplicationUpgrade, listeners: EventEmitter) {
    const { request, response, socket } = upgrade;
    this.#upgrade = upgrade;
    this.#listeners = listeners;
    this.#target = (request as { originalUrl?: string }).originalUrl ?? request.url ?? '/';
    this.#unwatch = whenWrittenPast(response, socket, (status) => this.#taken(status));
    this.#stopReading = destroyWhenHungUp(socket);
    socket.once('close', () => this.#closed());
  }

  /** Calls the listeners, which see the request as Node.js hands it to listeners of a server. */
  offer(): void {
    const { request, response, socket } = this.#upgrade;
    if (this.#isOver || response.headersSent) {
      return;
    }
    this.#isOffered = true;
    this.#stopReading();
    // What handlers have begun to do about the request must not get in between.
    if (response.socket) response.detachSocket(socket as Socket);
    toServerForm(request, this.#target);
    this.#timer = setTimeout(() => this.#giveUp(), PATIENCE).unref();
    for (const listener of this.#listeners.rawListeners('upgrade')) {
      void this.#call(listener as UpgradeListener);
    }
  }

  /** The handlers have not answered. */
  passOn(error?: unknown): void {
    if (!this.#isOffered && !this.#isOver) {
      this.#end();
      this.#upgrade.next(error);
    }
  }

  async #call(listener: UpgradeListener): Promise<void> {
    const { request, socket, head } = this.#upgrade;
    try {
      await listener.call(serverOf(request), request, socket, head);
    } catch (error) {
      if (this.#isOver) throw error;
      this.#giveUp(error);
    }
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
    this.#upgrade.response.assignSocket(this.#upgrade.socket as Socket);
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
    this.#unwatch();
    this.#stopReading();
    this.onEnd?.();
  }
}

function toServerForm(request: IncomingMessage & { baseUrl?: string }, target: string): void {
  request.url = target;
  request.baseUrl = '';
}
