import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** What an application is told about the place at which it is mounted. */
export interface HttpApplicationPlace {
  /** The plugin that it answers for; `undefined` outside of `/api`. */
  readonly pluginId: string | undefined;
  /** The path of the mount, without a trailing slash. */
  readonly mountPath: string;
  /** Whose `x-forwarded-…` headers are believed, as Express's setting `trust proxy` has it. */
  readonly trustProxy: number | string | readonly string[] | false;
  /** Whether answers may tell more than strangers should know. */
  readonly development: boolean;
  /** Largest body, in bytes, of requests for what does not limit bodies itself. */
  readonly bodyLimit: number;
}

/** Makes an application for a place. */
export type CreateHttpApplication = (place: HttpApplicationPlace) => HttpApplication;

/**
 * Something else than an Express 5 handler that answers requests below a mount, such as an application of another
 * framework. It is entered with nothing in between: `request.url` is relative to the mount, and `baseUrl` and
 * `originalUrl` are set as Express has them.
 */
export interface HttpApplication {
  /**
   * Whether it limits the bodies of requests itself. Then the host's default limit does not apply, but one that the
   * configuration sets does.
   */
  readonly limitsBodies?: boolean;
  /**
   * Whether it may serve pages that sign users in by way of other origins, or pictures for pages of other origins. Then the
   * host sends no header that keeps browsers from it.
   */
  readonly servesPages?: boolean;
  /** Gives a request and its response what code of the application expects on them, before credentials are looked at. */
  prepare?(request: IncomingMessage, response: ServerResponse): void;
  /**
   * Answers a request.
   *
   * @param next - called when it does not: without an argument the next application is asked, with an error the host
   *   answers
   */
  handle(request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void): void;
  /** The methods that a path takes, in upper case, for a 405 in place of a 404. Asked when nobody has answered. */
  methodsAt?(path: string): readonly string[];
  /** Answers a request for another protocol that no handler of the plugin is for. */
  upgrade?(upgrade: HttpApplicationUpgrade): void;
}

/** A request for another protocol, after it has passed the plugin's auth policies. */
export interface HttpApplicationUpgrade {
  readonly request: IncomingMessage;
  /** Is assigned to the socket, and may be detached from it for as long as somebody else may take the socket. */
  readonly response: ServerResponse;
  readonly socket: Duplex;
  /** What the client sent after the request head. */
  readonly head: Buffer;
  /** To be called when the socket was taken, with the status that went to the client: the host lets go of the socket. */
  release(status: number): void;
  /** To be called when nobody takes the socket and nobody answers; the response is assigned to the socket. */
  next(error?: unknown): void;
}
