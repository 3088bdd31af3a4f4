import type { Transport, TransportRequest, TransportResponse } from '../../src/client/index.ts';

/** What the other side does with an attempt. */
export type Script =
  | { readonly status: number; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> }
  | { readonly fails: unknown }
  /** Never answers. */
  | 'silence';

/** Plays the other side by script, and remembers what was sent. */
export class ScriptedTransport implements Transport {
  readonly sent: TransportRequest[] = [];
  readonly #script: Script[];

  /** @param script - one entry per attempt; the last one holds for all that follow */
  constructor(...script: Script[]) {
    this.#script = script;
  }

  /** Replaces what is left of the script. */
  continueWith(...script: Script[]): void {
    this.#script.splice(0, Infinity, ...script);
  }

  async send(request: TransportRequest): Promise<TransportResponse> {
    this.sent.push(request);
    const step = this.#script.length > 1 ? this.#script.shift()! : this.#script[0]!;
    if (step === 'silence') {
      return new Promise((_resolve, reject) => request.end.onEnd(reject));
    }
    if ('fails' in step) {
      throw step.fails;
    }
    const text = step.body === undefined ? '' : typeof step.body === 'string' ? step.body : JSON.stringify(step.body);
    return {
      status: step.status,
      headers: { 'content-type': 'application/json', ...step.headers },
      text: async () => text,
      stream: () => new Blob([text]).stream(),
      discard: () => {},
    };
  }
}

/** What Node.js throws where nobody listens. */
export const refused = { fails: Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } }) };
/** What it throws when a connection breaks. */
export const reset = { fails: Object.assign(new TypeError('terminated'), { cause: { code: 'ECONNRESET' } }) };
