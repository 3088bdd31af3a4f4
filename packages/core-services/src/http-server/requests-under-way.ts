import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Exchange } from './exchange.ts';
import { divideBytes } from './pipelined-bytes.ts';

const exchanges = Symbol('bulkhead.exchanges');

/** A socket with the exchanges on it that are not over, in their order; more than one if requests are pipelined. */
interface MarkedSocket extends Duplex {
  [exchanges]?: Exchange[];
}

/** How often responses that only wait are looked for, in milliseconds. */
const SWEEP_INTERVAL = 100;

/** The exchange that began last on a socket, unless it is over. */
export function latestExchange(socket: Duplex): Exchange | undefined {
  return (socket as MarkedSocket)[exchanges]?.at(-1);
}

/** Keeps count of the exchanges that are not over. */
export class RequestsUnderWay {
  /**
   * Not a Set: V8 makes a new table for it every so many deletions, and each dead one leads to the next until a full
   * garbage collection. With what stood in them, about half of all requests would outlive the young generation.
   */
  readonly #exchanges: Exchange[] = [];
  readonly #cutOff: (exchange: Exchange) => void;
  readonly #waitingChecks: ((response: ServerResponse) => boolean)[] = [];
  #onIdle: (() => void) | undefined;

  /**
   * @param cutOff - called for exchanges whose socket has closed. Of pipelined requests only the first would learn of
   *   it by itself: the responses of the others have no socket yet.
   */
  constructor(cutOff: (exchange: Exchange) => void) {
    this.#cutOff = cutOff;
  }

  get count(): number {
    return this.#exchanges.length;
  }

  begin(exchange: Exchange): void {
    exchange.place = this.#exchanges.push(exchange) - 1;
    const socket: MarkedSocket = exchange.socket;
    const others = socket[exchanges];
    if (others) {
      if (others.length > 0) divideBytes(others.at(-1)!, exchange);
      others.push(exchange);
    } else {
      const own = (socket[exchanges] = [exchange]);
      socket.once('close', () => [...own].forEach(this.#cutOff));
    }
  }

  end(exchange: Exchange): void {
    const last = this.#exchanges.pop()!;
    if (last !== exchange) {
      this.#exchanges[exchange.place] = last;
      last.place = exchange.place;
    }
    const others = (exchange.socket as MarkedSocket)[exchanges];
    others?.splice(others.indexOf(exchange), 1);
    if (this.#exchanges.length === 0) {
      this.#onIdle?.();
    }
  }

  /** Makes responses that have not begun yet the last ones of their connections. */
  closeConnectionsAfterwards(): void {
    for (const { response, socket } of this.#exchanges) {
      if (!response.headersSent && latestExchange(socket)?.response === response) {
        response.setHeader('Connection', 'close');
      }
    }
  }

  /** Breaks off whatever is left. */
  breakOff(): void {
    for (const { socket } of [...this.#exchanges]) {
      socket.destroy();
    }
  }

  /** Says which of the responses that have begun only wait. {@link whenIdle} ends them. */
  endIfWaiting(isWaiting: (response: ServerResponse) => boolean): void {
    this.#waitingChecks.push(isWaiting);
  }

  /** Waits until nothing is under way, for at most `deadline` milliseconds. @returns whether it came to that */
  async whenIdle(deadline: number): Promise<boolean> {
    if (this.#exchanges.length === 0) {
      return true;
    }
    return new Promise((resolve) => {
      // What is under way may come to wait later, too.
      const sweep = setInterval(() => this.#endWaiting(), SWEEP_INTERVAL);
      const end = (isIdle: boolean): void => {
        clearInterval(sweep);
        clearTimeout(timer);
        resolve(isIdle);
      };
      const timer = setTimeout(() => end(false), deadline);
      this.#onIdle = () => end(true);
      this.#endWaiting();
    });
  }

  #endWaiting(): void {
    for (const { response } of [...this.#exchanges]) {
      const hasBegun = response.headersSent && !response.writableEnded;
      if (hasBegun && this.#waitingChecks.some((isWaiting) => isWaiting(response))) {
        response.end();
      }
    }
  }
}
