import type { StartupReport } from '@bulkhead/backend-plugin-api';
import type { TestDatabase } from '@bulkhead/backend-test-utils';
import { request, type Answer, type Asking } from './http.ts';
import type { HostProcess } from './host-process.ts';
import type { Mailbox } from './mailbox.ts';
import type { Upstream } from './upstream.ts';

/** The token of the caller from outside that the configuration knows. */
export const SERVICE_TOKEN = 'compat-service-token';

/** As whom to ask: without credentials, as a caller from outside, as the guest who signed in. */
export type Asker = 'nobody' | 'service' | 'user';

/** What to ask. */
export interface Question extends Omit<Asking, 'token'> {
  /** Default: the caller from outside. */
  readonly as?: Asker;
}

/** What a {@link Host} consists of. */
export interface HostParts {
  readonly baseUrl: string;
  readonly process: HostProcess;
  readonly database: TestDatabase;
  readonly upstream: Upstream;
  readonly mailbox: Mailbox;
}

/** A running host, as cases and stories see it: over HTTP, in its database, in its log. */
export class Host {
  readonly baseUrl: string;
  readonly database: TestDatabase;
  /** The services that plugins speak to. */
  readonly upstream: Upstream;
  /** The mail that plugins sent. */
  readonly mailbox: Mailbox;
  readonly #process: HostProcess;
  #userToken: Promise<string> | undefined;

  constructor(parts: HostParts) {
    this.baseUrl = parts.baseUrl;
    this.database = parts.database;
    this.upstream = parts.upstream;
    this.mailbox = parts.mailbox;
    this.#process = parts.process;
  }

  /** How the start went. */
  get report(): StartupReport {
    return this.#process.report;
  }

  /** All that the host has logged up to now. */
  get log(): string {
    return this.#process.output();
  }

  /** Stops the process, as whoever supervises it does. @returns the exit code */
  end(): ReturnType<HostProcess['end']> {
    return this.#process.end();
  }

  /** Asks for a path, such as `/api/catalog/entities`. */
  async ask(path: string, { as = 'service', ...asking }: Question = {}): Promise<Answer> {
    return request(`${this.baseUrl}${path}`, { ...asking, token: await this.#tokenOf(as) });
  }

  /** The token of a user whom the guest provider signs in, always the same. */
  async userToken(): Promise<string> {
    this.#userToken ??= this.#signIn();
    return this.#userToken;
  }

  async #tokenOf(asker: Asker): Promise<string | undefined> {
    if (asker === 'nobody') return undefined;
    return asker === 'service' ? SERVICE_TOKEN : this.userToken();
  }

  async #signIn(): Promise<string> {
    const answer = await this.ask('/api/auth/guest/refresh', {
      as: 'nobody',
      headers: { 'x-requested-with': 'XMLHttpRequest' },
    });
    const { backstageIdentity } = answer.expect(200) as { backstageIdentity: { token: string } };
    return backstageIdentity.token;
  }
}
