import assert from 'node:assert/strict';

/** What to ask a server. */
export interface Asking {
  /** Default: GET, or POST where there is a body. */
  readonly method?: string;
  /** Sent as JSON; text is sent as it is. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly token?: string;
  /** Milliseconds to wait. Default: half a minute. */
  readonly timeout?: number;
}

const DEFAULT_TIMEOUT = 30_000;

/** What a server answered. */
export class Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly #asked: string;

  constructor(asked: string, response: Response, text: string) {
    this.#asked = asked;
    this.status = response.status;
    this.headers = response.headers;
    this.text = text;
  }

  /** The body, which has to be JSON. */
  get json(): unknown {
    return JSON.parse(this.text) as unknown;
  }

  /** Demands a status, and, where it is given, that the body has at least these parts. Gives the body. */
  expect(status: number, parts?: unknown): unknown {
    assert.equal(this.status, status, `${this.#asked} answered ${this.status}: ${this.text.slice(0, 300)}`);
    const body = this.headers.get('content-type')?.includes('json') ? this.json : this.text;
    if (parts !== undefined) assert.partialDeepStrictEqual(body, parts);
    return body;
  }
}

/** Asks a server. Redirects are answers, too. */
export async function request(url: string, asking: Asking = {}): Promise<Answer> {
  const { body, headers, token, timeout = DEFAULT_TIMEOUT } = asking;
  const method = asking.method ?? (body === undefined ? 'GET' : 'POST');
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    signal: AbortSignal.timeout(timeout),
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
  });
  return new Answer(`${method} ${url}`, response, await response.text());
}

/** Asks again and again until `attempt` no longer rejects, for as long as a busy machine may take. */
export async function eventually(attempt: () => Promise<void>, { within = 60_000 } = {}): Promise<void> {
  const deadline = Date.now() + within;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}
