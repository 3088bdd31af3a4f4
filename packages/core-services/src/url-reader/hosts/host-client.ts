import { failedStatus, rateLimited, statusCause, unauthenticated, unusableAnswer } from '../errors.ts';
import type { Reading } from '../reading.ts';
import { followRedirects } from './follow-redirects.ts';
import type { HostCall, HostRequest, RepositoryHost } from './repository-host.ts';

/** What {@link HostClient} is made of. */
export interface HostClientOptions {
  readonly host: Pick<RepositoryHost, 'fetch' | 'unauthenticatedStatus'>;
  readonly reading: Reading;
  readonly token?: string;
}

/** Sends the requests of one reading. */
export class HostClient implements HostCall {
  readonly token: string | undefined;
  readonly #host: HostClientOptions['host'];
  readonly #reading: Reading;

  constructor({ host, reading, token }: HostClientOptions) {
    this.token = token;
    this.#host = host;
    this.#reading = reading;
  }

  /** The response, whatever its status is. Redirects are followed: hosts send archives from elsewhere. */
  async send({ url, headers = {}, mode }: HostRequest): Promise<Response> {
    const { fetch = globalThis.fetch } = this.#host;
    try {
      return await followRedirects(fetch, url, { headers: { ...headers }, mode, signal: this.#reading.signal });
    } catch (error) {
      throw this.#reading.explain(error);
    }
  }

  /** The response, if its status tells of success. @throws as `failedStatus` says */
  async get(request: HostRequest): Promise<Response> {
    const response = await this.send(request);
    await this.refuseFailure(response, request);
    return response;
  }

  async json<T>(request: HostRequest): Promise<T> {
    const text = await this.text(request);
    try {
      return JSON.parse(text) as T;
    } catch (error) {
      throw unusableAnswer(new URL(request.url), error);
    }
  }

  async text(request: HostRequest): Promise<string> {
    const response = await this.get(request);
    try {
      return await response.text();
    } catch (error) {
      throw this.#reading.explain(error);
    }
  }

  /** @throws what the status means, if it is none of success */
  async refuseFailure(response: Response, request: HostRequest): Promise<void> {
    const { status, ok, headers } = response;
    const wantsCredentials = status === this.#host.unauthenticatedStatus;
    if (ok && !wantsCredentials) return;
    await response.body?.cancel();
    const { url } = this.#reading;
    const cause = statusCause(new URL(request.url), status);
    if (wantsCredentials) throw unauthenticated(url, cause);
    const isLimited = status === 429 || (status === 403 && headers.get('x-ratelimit-remaining') === '0');
    throw isLimited ? rateLimited(url, cause) : failedStatus(url, status, { cause });
  }
}
