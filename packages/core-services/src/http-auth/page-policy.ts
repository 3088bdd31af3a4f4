import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** Which requests pages may make with the cookies of their users. Browsers send these for pages of any origin. */
export class PagePolicy {
  readonly #externalUrl: (() => Promise<string>) | undefined;
  readonly #isAllowedOrigin: (origin: string) => boolean;

  /**
   * @param externalUrl - under which browsers reach the plugin
   * @param isAllowedOrigin - which other origins may do more than read
   */
  constructor(externalUrl?: () => Promise<string>, isAllowedOrigin: (origin: string) => boolean = () => false) {
    this.#externalUrl = externalUrl;
    this.#isAllowedOrigin = isAllowedOrigin;
  }

  /** Whether a request only reads, or comes from no page of a foreign origin. */
  async mayMake(request: IncomingMessage): Promise<boolean> {
    return isReading(request) || !(await this.#isFromForeignPage(request));
  }

  async #isFromForeignPage({ headers }: IncomingMessage): Promise<boolean> {
    // Browsers send it with all that does more than read, and with each opening of a WebSocket; others need no cookies.
    const { origin } = headers;
    if (origin === undefined || this.#isAllowedOrigin(origin)) {
      return false;
    }
    if (!URL.canParse(origin)) {
      return true;
    }
    const page = new URL(origin);
    return !namesOfHost(headers).includes(page.host) && page.origin !== (await this.#findExternalOrigin());
  }

  async #findExternalOrigin(): Promise<string | undefined> {
    return this.#externalUrl && new URL(await this.#externalUrl()).origin;
  }
}

/** What asks for nothing to be done, and gives a page of another origin nothing that it could read. */
function isReading({ method, headers }: IncomingMessage): boolean {
  return (method === undefined || method === 'GET' || method === 'HEAD') && headers.upgrade === undefined;
}

/**
 * Under which names the host was asked for. Anybody can claim to have forwarded a request, but no page can: browsers ask
 * before they send such a header.
 */
function namesOfHost(headers: IncomingHttpHeaders): readonly string[] {
  const names = [headers.host, headers['x-forwarded-host']].flat();
  return names.flatMap((name) => name?.toLowerCase().split(/\s*,\s*/) ?? []);
}
