import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';

/** A request that did not get its answer. */
export interface Loss {
  readonly method: string;
  readonly id: string;
  readonly what: string;
}

const METHODS = ['GET', 'POST', 'GET', 'POST', 'PUT', 'DELETE'] as const;

/** Sends requests over kept connections, several at a time and one after the other, and looks at each answer. */
export class Load {
  readonly losses: Loss[] = [];
  /** How many answers came, by replica. */
  readonly answers = new Map<number, number>();
  readonly #url: string;
  readonly #agent = new Agent({ keepAlive: true });
  readonly #workers: Promise<void>[];
  #sent = 0;
  #isOver = false;
  #waiting: { readonly until: number; readonly resolve: () => void }[] = [];

  constructor(url: string, workers: number) {
    this.#url = url;
    this.#workers = Array.from({ length: workers }, () => this.#work());
  }

  get sent(): number {
    return this.#sent;
  }

  /** Waits until so many further requests are over. */
  async advance(count: number): Promise<void> {
    await new Promise<void>((resolve) => this.#waiting.push({ until: this.#sent + count, resolve }));
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#workers);
    this.#agent.destroy();
  }

  async #work(): Promise<void> {
    while (!this.#isOver) {
      const number = this.#sent++;
      const method = METHODS[number % METHODS.length]!;
      const id = `${method}-${number}`;
      try {
        const { status, body } = await this.#send(method, id);
        this.#check(method, id, status, body);
      } catch (error) {
        this.losses.push({ method, id, what: (error as Error).message });
      }
      for (const { until, resolve } of this.#waiting) if (this.#sent >= until) resolve();
      this.#waiting = this.#waiting.filter(({ until }) => this.#sent < until);
    }
  }

  #check(method: string, id: string, status: number, body: string): void {
    const answer = status === 200 ? (JSON.parse(body) as { replica: number; url: string; body: string }) : undefined;
    const expected = method === 'POST' || method === 'PUT' ? id : '';
    if (answer?.url === `/api/echo/${id}` && answer.body === expected) {
      this.answers.set(answer.replica, (this.answers.get(answer.replica) ?? 0) + 1);
    } else {
      this.losses.push({ method, id, what: `${status} ${body}` });
    }
  }

  async #send(method: string, id: string): Promise<{ status: number; body: string }> {
    const body = method === 'POST' || method === 'PUT' ? id : undefined;
    return new Promise((resolve, reject) => {
      const sent = request(`${this.#url}/api/echo/${id}`, { method, agent: this.#agent }, (response) => {
        text(response).then((received) => resolve({ status: response.statusCode ?? 0, body: received }), reject);
      });
      sent.on('error', reject).end(body);
    });
  }
}
