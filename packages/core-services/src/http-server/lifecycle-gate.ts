import type { PluginState, RootHostService } from '@bulkhead/backend-plugin-api';
import type { HttpError } from '@bulkhead/errors';
import { pluginFailed, pluginStarting, shuttingDown } from './errors.ts';
import type { Exchange } from './exchange.ts';
import type { ExtraHeaders } from './error-responder.ts';
import { UNPROCESSED } from './unprocessed.ts';

/** What the gate says to a request: go on, wait, or this error. */
export type Admission = 'open' | 'wait' | HttpError;

/** A request that is held back. */
interface Waiting {
  readonly exchange: Exchange;
  readonly proceed: (exchange: Exchange) => void;
  readonly timer: NodeJS.Timeout;
}

/** How many requests may wait at a time; beyond that they are refused at once. */
const MAX_WAITING = 1_000;
const CODE = /^[A-Z][A-Z0-9_]*$/;

/**
 * Holds requests back that come for a plugin that is not up yet, until it is or until they have waited long enough.
 *
 * Follows the host's own account of its plugins. Costs one look-up per request, and listens to the host only while
 * something waits.
 */
export class LifecycleGate {
  readonly #host: RootHostService;
  readonly #patience: number;
  readonly #waiting = new Map<string, Set<Waiting>>();
  #waitingCount = 0;
  #unsubscribe: (() => void) | undefined;

  /** @param patience - milliseconds for which a request waits for its plugin */
  constructor(host: RootHostService, patience: number) {
    this.#host = host;
    this.#patience = patience;
  }

  /** Whether a request for a plugin may go on. A plugin of which the host knows nothing is not held back. */
  admit(pluginId: string): Admission {
    const state = this.#host.getPlugin(pluginId);
    if (state === undefined || state.phase === 'ready') {
      return 'open';
    }
    return this.#admitTo(state);
  }

  #admitTo({ pluginId, phase, failure }: PluginState): Admission {
    switch (phase) {
      case 'waiting':
      case 'starting':
        return this.#isGoingDown() ? shuttingDown() : 'wait';
      case 'failed':
        return pluginFailed(pluginId, codeOf(failure));
      case 'stopping':
      case 'stopped':
        return shuttingDown();
      case 'ready':
        return 'open';
    }
  }

  #isGoingDown(): boolean {
    const phase = this.#host.getPhase();
    return phase === 'draining' || phase === 'stopped';
  }

  /** Headers for a refusal. */
  headersOf(refusal: HttpError): ExtraHeaders {
    switch (refusal.code) {
      case 'ERR_HTTP_PLUGIN_STARTING':
        return { ...UNPROCESSED, 'Retry-After': String(Math.max(1, Math.ceil(this.#patience / 1_000))) };
      case 'ERR_HTTP_SHUTTING_DOWN':
        return { ...UNPROCESSED, 'Retry-After': '1', Connection: 'close' };
      default:
        return {};
    }
  }

  /** Calls `proceed` once the plugin is ready, or refuses the request. */
  wait(exchange: Exchange, pluginId: string, proceed: (exchange: Exchange) => void): void {
    if (this.#waitingCount >= MAX_WAITING || this.#patience === 0) {
      this.#refuse(exchange, pluginStarting(pluginId));
      return;
    }
    const timer = setTimeout(() => {
      this.#remove(pluginId, waiting);
      this.#refuse(exchange, pluginStarting(pluginId));
    }, this.#patience).unref();
    const waiting: Waiting = { exchange, proceed, timer };
    exchange.response.once('close', () => this.#remove(pluginId, waiting));
    let others = this.#waiting.get(pluginId);
    if (!others) {
      this.#waiting.set(pluginId, (others = new Set()));
    }
    others.add(waiting);
    this.#waitingCount += 1;
    this.#unsubscribe ??= this.#host.onChange((changed) => this.#reconsider(changed));
  }

  /** Refuses everything that waits: the process is going down. */
  close(): void {
    for (const pluginId of [...this.#waiting.keys()]) {
      this.#release(pluginId, shuttingDown());
    }
  }

  #reconsider(changed: string | undefined): void {
    for (const pluginId of changed === undefined ? [...this.#waiting.keys()] : [changed]) {
      if (this.#waiting.has(pluginId)) {
        this.#release(pluginId, this.admit(pluginId));
      }
    }
  }

  #release(pluginId: string, admission: Admission): void {
    if (admission === 'wait') {
      return;
    }
    for (const waiting of [...(this.#waiting.get(pluginId) ?? [])]) {
      this.#remove(pluginId, waiting);
      if (admission === 'open') {
        waiting.proceed(waiting.exchange);
      } else {
        this.#refuse(waiting.exchange, admission);
      }
    }
  }

  #remove(pluginId: string, waiting: Waiting): void {
    const others = this.#waiting.get(pluginId);
    if (!others?.delete(waiting)) {
      return;
    }
    clearTimeout(waiting.timer);
    this.#waitingCount -= 1;
    if (others.size === 0) {
      this.#waiting.delete(pluginId);
    }
    if (this.#waitingCount === 0) {
      this.#unsubscribe?.();
      this.#unsubscribe = undefined;
    }
  }

  #refuse(exchange: Exchange, refusal: HttpError): void {
    exchange.refuse(refusal, this.headersOf(refusal));
  }
}

/** The code of a failure, if it looks like one: messages can tell what is nobody's business. */
function codeOf(failure: Error | undefined): string | undefined {
  const code = (failure as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' && CODE.test(code) ? code : undefined;
}
