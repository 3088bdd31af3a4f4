import {
  DirectConnection,
  type ConnectionOptions,
  type ConnectionOwner,
  type GoneReason,
} from './direct-connection.ts';
import type { DirectReceiver, DirectRequest, SentRequest } from './direct-request.ts';
import { IntroducedRequest, type Introducer } from './introduced-request.ts';

/** How often deadlines are looked at, in milliseconds. One timer for all is cheaper than one for each. */
const CHECK_INTERVAL = 200;

/** How {@link DirectConnections} are made and used. Times are in milliseconds. */
export interface DirectConnectionsOptions extends ConnectionOptions {
  /** How long the other side may take to say that it is there. */
  readonly questionTimeout: number;
}

/**
 * The connections to one origin over which whole requests go. It is for forwarding, which sends many and wants little:
 * half of what a request costs a process would be the client otherwise.
 */
export class DirectConnections implements ConnectionOwner {
  readonly #options: DirectConnectionsOptions;
  readonly #onGone: (reason: GoneReason) => void;
  readonly #all = new Set<DirectConnection>();
  /** The one that was used last comes first, so that those which are not needed run into their deadlines. */
  readonly #idle: DirectConnection[] = [];
  readonly #introducer: Introducer;
  #timer: NodeJS.Timeout | undefined;

  /** @param onGone - called when a connection is gone */
  constructor(options: DirectConnectionsOptions, onGone: (reason: GoneReason) => void) {
    this.#options = options;
    this.#onGone = onGone;
    this.#introducer = {
      questionTimeout: options.questionTimeout,
      ask: (question, receiver) => this.#sendOverNew(question, receiver),
      sendOverKnown: (request, receiver) => this.#sendOverKnown(request, receiver),
    };
  }

  /**
   * Sends a request, over a connection that is free or a new one. If it demands an introduction and none is free, the other
   * side is asked over the new one whether it is there, and the request is sent once it has answered.
   *
   * @returns what hangs up; whoever has sent the request does so only while it is under way
   */
  send(request: DirectRequest, receiver: DirectReceiver): SentRequest {
    const sent = this.#sendOverKnown(request, receiver);
    if (sent) return sent;
    return request.introduction === 'none'
      ? this.#sendOverNew(request, receiver)
      : new IntroducedRequest(this.#introducer, request, receiver);
  }

  /** How many connections there are, or are being made. */
  get count(): number {
    return this.#all.size;
  }

  /** Closes all connections. */
  destroy(): void {
    for (const connection of [...this.#all]) connection.destroy();
  }

  onIdle(connection: DirectConnection): void {
    this.#idle.push(connection);
  }

  onGone(connection: DirectConnection, reason: GoneReason): void {
    this.#all.delete(connection);
    const place = this.#idle.indexOf(connection);
    if (place !== -1) this.#idle.splice(place, 1);
    if (this.#all.size === 0) {
      clearInterval(this.#timer);
      this.#timer = undefined;
    }
    this.#onGone(reason);
  }

  #sendOverKnown(request: DirectRequest, receiver: DirectReceiver): SentRequest | undefined {
    const now = performance.now();
    for (let idle = this.#idle.pop(); idle; idle = this.#idle.pop()) {
      if (now < idle.deadline) {
        idle.send(request, receiver);
        return idle;
      }
      idle.destroy();
    }
    return undefined;
  }

  #sendOverNew(request: DirectRequest, receiver: DirectReceiver): SentRequest {
    const connection = new DirectConnection(this.#options, this);
    connection.send(request, receiver);
    this.#all.add(connection);
    this.#timer ??= setInterval(() => this.#checkDeadlines(), CHECK_INTERVAL).unref();
    return connection;
  }

  #checkDeadlines(): void {
    const now = performance.now();
    for (const connection of this.#all) connection.checkDeadline(now);
  }
}
