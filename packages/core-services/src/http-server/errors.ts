import {
  BulkheadError,
  HttpError,
  InputError,
  MethodNotAllowedError,
  NotFoundError,
  PayloadTooLargeError,
  RequestTimeoutError,
  ServiceUnavailableError,
} from '@bulkhead/errors';
import type { ListenOptions } from './listen-address.ts';
import type { PortOwner } from './port-owner.ts';

// Listening

/** Another process has the port. */
export function portInUse(
  { host, port, setBy }: ListenOptions,
  owner: PortOwner | undefined,
  cause: unknown,
): BulkheadError {
  const who = owner ? `process ${owner.pid} (${owner.command})` : 'another process';
  const stop = owner ? `Stop that process (kill ${owner.pid}), or choose` : 'Choose';
  const choose =
    setBy === undefined
      ? 'set backend.listen.port in app-config.local.yaml, ' +
        `or once only: APP_CONFIG_backend_listen_port=${port === 65_535 ? port - 1 : port + 1} npm start`
      : `${setBy} in the configuration says where this process listens`;
  return new BulkheadError('ERR_HTTP_PORT_IN_USE', `Port ${port} on ${host} is in use by ${who}`, {
    hint: `${stop} another port: ${choose}`,
    cause,
  });
}

/** The system does not let us listen there. */
export function listenFailed({ host, port, setBy }: ListenOptions, cause: NodeJS.ErrnoException): BulkheadError {
  return new BulkheadError('ERR_HTTP_LISTEN_FAILED', `The server cannot listen on ${host}, port ${port}`, {
    hint: (LISTEN_HINTS[cause.code ?? ''] ?? 'Check backend.listen and backend.https.').replaceAll(
      /backend\.listen(?:\.(?:host|port))?/g,
      (key) => setBy ?? key,
    ),
    cause,
  });
}

const LISTEN_HINTS: Readonly<Record<string, string>> = {
  EACCES: 'Ports below 1024 need privileges: choose a higher one for backend.listen.port.',
  EADDRNOTAVAIL: "No interface of this machine has that address: set backend.listen.host to one that has, or to '*'.",
  ENOTFOUND: 'The host name cannot be resolved: correct backend.listen.host.',
};

// Mounting

/** A path outside of `/api` that cannot be mounted. */
export function invalidRootPath(path: string, what: string): BulkheadError {
  return new BulkheadError('ERR_HTTP_ROOT_PATH', `The root router cannot mount ${JSON.stringify(path)}: ${what}`, {
    hint: "Choose a path of its own, such as '/pages'. Below /api each plugin has its place: use coreServices.httpRouter.",
  });
}

/** Two routers for one plugin. */
export function mountedTwice(pluginId: string): BulkheadError {
  return new BulkheadError('ERR_HTTP_MOUNTED_TWICE', `Plugin '${pluginId}' already has a router`, {
    hint: 'Provide coreServices.httpRouter once only.',
  });
}

// Requests that are not what HTTP allows

/** The request target cannot be routed. */
export function malformedTarget(what: string): InputError {
  return new InputError(`The request target ${what}`, { code: 'ERR_HTTP_MALFORMED_TARGET' });
}

/** The parser gave up on the request, or a mandatory header is missing. */
export function malformedRequest(what: string, cause?: unknown): InputError {
  return new InputError(`The request is not valid HTTP: ${what}`, { code: 'ERR_HTTP_MALFORMED_REQUEST', cause });
}

/** Too many header bytes or header lines. */
export function headersTooLarge(cause?: unknown): HttpError {
  return new HttpError(431, 'The headers of the request are over the limit', {
    code: 'ERR_HTTP_HEADERS_TOO_LARGE',
    cause,
  });
}

/** The request did not arrive in time. */
export function requestTooSlow(cause: unknown): RequestTimeoutError {
  return new RequestTimeoutError('The request did not arrive in time', { code: 'ERR_HTTP_REQUEST_TOO_SLOW', cause });
}

/** The body is over the host's limit. */
export function bodyTooLarge(limit: number): PayloadTooLargeError {
  return new PayloadTooLargeError(`The body is over the limit of ${limit} bytes`, { code: 'ERR_HTTP_BODY_TOO_LARGE' });
}

/** An `Expect` header with something else than `100-continue`. */
export function unknownExpectation(): HttpError {
  return new HttpError(417, 'The only expectation that can be met is 100-continue', { code: 'ERR_HTTP_EXPECTATION' });
}

// Requests that lead nowhere

/** Nothing is at that path. */
export function unknownPath(method: string, path: string): NotFoundError {
  return new NotFoundError(`There is nothing at ${method} ${path}`, { code: 'ERR_HTTP_UNKNOWN_PATH' });
}

/** No plugin of that id is installed. `nearest` is for development: it names a plugin to anybody who asks. */
export function unknownPlugin(pluginId: string, nearest: string | undefined): NotFoundError {
  return new NotFoundError(pluginId === '' ? 'The path names no plugin' : `There is no plugin '${pluginId}' here`, {
    code: 'ERR_HTTP_UNKNOWN_PLUGIN',
    hint: nearest === undefined ? undefined : `Did you mean '${nearest}'?`,
  });
}

/** Something is at that path, but not for that method; `allowed` is empty where no method would do. */
export function wrongMethod(method: string, path: string, allowed: readonly string[]): MethodNotAllowedError {
  return new MethodNotAllowedError(`${path} does not take ${method}`, {
    code: 'ERR_HTTP_WRONG_METHOD',
    hint: allowed.length > 0 ? `Use ${allowed.join(' or ')}.` : undefined,
  });
}

// Not now

/** A body that claims to be JSON. */
export function unparsableBody(what: string): InputError {
  return new InputError(`The body is not valid JSON: ${what}`);
}

/** The plugin did not get ready while the request was held back. */
export function pluginStarting(pluginId: string): ServiceUnavailableError {
  return new ServiceUnavailableError(`Plugin '${pluginId}' is still starting`, { code: 'ERR_HTTP_PLUGIN_STARTING' });
}

/** The plugin was left out. Of the reason only the code is told. */
export function pluginFailed(pluginId: string, reason: string | undefined): ServiceUnavailableError {
  const why = reason === undefined ? '' : ` (${reason})`;
  return new ServiceUnavailableError(`Plugin '${pluginId}' failed to start${why}`, { code: 'ERR_HTTP_PLUGIN_FAILED' });
}

/** The process is going down. */
export function shuttingDown(): ServiceUnavailableError {
  return new ServiceUnavailableError('The server is shutting down', { code: 'ERR_HTTP_SHUTTING_DOWN' });
}

/** There is no startup report yet. */
export function stillStarting(): ServiceUnavailableError {
  return new ServiceUnavailableError('The host is still starting', { code: 'ERR_HTTP_STILL_STARTING' });
}

// Calls within the process

/** The other side has broken its response off, or the caller has hung up. Never answered: it is a cause. */
export function responseCutOff(): BulkheadError {
  return new BulkheadError('ERR_HTTP_CUT_OFF', 'The response ended before it was complete');
}

/** The stream of a caller is not as long as its headers say. Never answered: it is a cause. */
export function wrongLength(): BulkheadError {
  return new BulkheadError('ERR_HTTP_WRONG_LENGTH', 'The body has another length than its Content-Length tells');
}
