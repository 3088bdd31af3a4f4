import {
  AuthenticationError,
  BadGatewayError,
  BulkheadError,
  GatewayTimeoutError,
  HttpError,
  InputError,
  NotAllowedError,
  NotFoundError,
  NotImplementedError,
  NotModifiedError,
} from '@bulkhead/errors';

/** A URL as it may be shown: without user, password, query and fragment, which may hold secrets. */
function shown(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}`;
}

/** What should be read is not a URL, or one that must not be requested. The text is not repeated. */
export function unusableUrl(fault: string): InputError {
  return new InputError(`The URL to read ${fault}`, {
    code: 'ERR_URL_READER_URL',
    hint: 'Write an absolute URL without user and password, such as https://example.com/file.txt, as the pages of its host show it, and pass a token as option.',
  });
}

/** An option that cannot be sent to a server. Its value is not repeated, since it may be a token. */
export function unusableOption(name: string): InputError {
  return new InputError(`The option '${name}' has a value that cannot be sent in a header`, {
    code: 'ERR_URL_READER_OPTION',
    hint: 'Pass on what a server, or the issuer of the token, gave, without line breaks.',
  });
}

/** The configuration does not allow to read from there. */
export function readingNotAllowed(url: URL, redirectedFrom?: URL): NotAllowedError {
  const by = redirectedFrom ? `, to which ${shown(redirectedFrom)} redirects,` : '';
  const isWeb = isWebUrl(url);
  const message = isWeb ? `Reading from ${shown(url)}${by} is not allowed` : `${url.protocol} URLs${by} are not read`;
  return new NotAllowedError(message, {
    code: 'ERR_URL_READER_NOT_ALLOWED',
    hint: isWeb
      ? `To allow it, add { host: '${url.host}' } to backend.reading.allow, or the path to its paths. Hosts of repositories and buckets belong under integrations.`
      : 'Only http and https URLs are read; for others, add a reader by a factory for urlReaderFactoriesServiceRef.',
  });
}

/** Whether a URL is one of those that can be requested. */
export function isWebUrl(url: URL): boolean {
  return url.protocol === 'http:' || url.protocol === 'https:';
}

/** Something that only readers for certain hosts can do. */
export function notSupported(what: string, url: URL, hint: string): NotImplementedError {
  return new NotImplementedError(`${what} is not possible for ${shown(url)}`, {
    code: 'ERR_URL_READER_NOT_IMPLEMENTED',
    hint: `${hint} Or add a reader that can, by a factory for urlReaderFactoriesServiceRef.`,
  });
}

/** What the caller holds is current. */
export function unchanged(url: URL): NotModifiedError {
  return new NotModifiedError(`${shown(url)} has not changed`, { code: 'ERR_URL_READER_NOT_MODIFIED' });
}

/** The server answered, but not with content. The status is in the cause. */
export function failedStatus(
  url: URL,
  status: number,
  {
    requested = url,
    cause = statusCause(requested, status),
  }: { readonly requested?: URL; readonly cause?: unknown } = {},
): HttpError {
  switch (status) {
    case 401:
      return unauthenticated(url, cause);
    case 403:
      return new NotAllowedError(`${shown(url)} may not be read by this caller`, {
        code: 'ERR_URL_READER_FORBIDDEN',
        hint: 'Pass a token that may read it, or configure one under integrations.',
        cause,
      });
    case 404:
      return new NotFoundError(`There is nothing at ${shown(url)}`, { code: 'ERR_URL_READER_NOT_FOUND', cause });
    default:
      return new BadGatewayError(`${shown(url)} cannot be read: its server answered with status ${status}`, {
        code: 'ERR_URL_READER_STATUS',
        cause,
      });
  }
}

/** The status of a response, as the cause of an error. */
export function statusCause(url: URL, status: number): HttpError {
  return new HttpError(status, `GET ${shown(url)} was answered with status ${status}`);
}

/** The host does not answer without credentials, or does not know those that it got. */
export function unauthenticated(url: URL, cause: unknown): AuthenticationError {
  return new AuthenticationError(`${shown(url)} wants to know who reads it`, {
    code: 'ERR_URL_READER_UNAUTHENTICATED',
    hint: 'Pass a token that is valid there, or configure one under integrations.',
    cause,
  });
}

/** The host has been asked too often. */
export function rateLimited(url: URL, cause: unknown): BadGatewayError {
  return new BadGatewayError(`${shown(url)} cannot be read now: its host has been asked too often`, {
    code: 'ERR_URL_READER_RATE_LIMIT',
    hint: 'Try again later. Hosts allow more to those who authenticate: configure credentials under integrations.',
    cause,
  });
}

/** The host answered with something else than what its API says. */
export function unusableAnswer(url: URL, cause?: unknown): BadGatewayError {
  return new BadGatewayError(`${shown(url)} was answered with something that its API does not know`, {
    code: 'ERR_URL_READER_ANSWER',
    hint: 'Check that the addresses under integrations are those of an API, not of a page to sign in, say.',
    cause,
  });
}

/** A URL on a known host that names nothing that can be read there. */
export function unusableRepositoryUrl(url: URL, cause?: unknown): InputError {
  return new InputError(`${shown(url)} names nothing that can be read`, {
    code: 'ERR_URL_READER_URL',
    hint: 'Copy the URL of the file or the folder from the pages of its host.',
    cause,
  });
}

/** A package is not installed that knows how to read from a kind of host. */
export function clientMissing(name: string, neededFor: string, cause: unknown): BulkheadError {
  return new BulkheadError('ERR_URL_READER_CLIENT_MISSING', `Reading by '${neededFor}' needs the package '${name}'`, {
    hint: `Install it: npm install ${name}`,
    cause,
  });
}

/** What is configured under `integrations` cannot be used. */
export function invalidIntegrations(cause: unknown): BulkheadError {
  return new BulkheadError('ERR_URL_READER_INTEGRATIONS', "The configuration under 'integrations' cannot be used", {
    hint: 'Mend what the cause says.',
    cause,
  });
}

/** Redirects that do not end, or that lead nowhere. */
export function uselessRedirect(url: URL, fault: string): BadGatewayError {
  return new BadGatewayError(`${shown(url)} ${fault}`, {
    code: 'ERR_URL_READER_REDIRECT',
    hint: 'Read the URL at which the content is.',
  });
}

/** More content than is taken. */
export function contentTooLarge(url: URL, maxSize: number): BadGatewayError {
  return new BadGatewayError(`${shown(url)} has more than ${maxSize} bytes`, {
    code: 'ERR_URL_READER_TOO_LARGE',
    hint: 'Read something smaller, or raise backend.reading.maxSize.',
  });
}

/** No answer, or not all of it, in time. */
export function readingTooSlow(url: URL, timeout: number): GatewayTimeoutError {
  return new GatewayTimeoutError(`${shown(url)} was not read to its end within ${timeout} ms`, {
    code: 'ERR_URL_READER_TIMEOUT',
    hint: 'Take up the content as soon as it is there, or raise backend.reading.timeout.',
  });
}

/** No connection, or one that broke off. */
export function unreachable(url: URL, cause: unknown): BadGatewayError {
  return new BadGatewayError(`The connection to ${url.host} failed while ${shown(url)} was read`, {
    code: 'ERR_URL_READER_UNREACHABLE',
    hint: 'Check that the host runs, and that this machine reaches it.',
    cause,
  });
}

/** The content was handed out as a stream, which can be done once. */
export function contentTaken(url: URL): BulkheadError {
  return new BulkheadError(
    'ERR_URL_READER_CONTENT_TAKEN',
    `The content of ${shown(url)} was already handed out as a stream`,
    { hint: 'Call stream() once, or buffer() as often as you like.' },
  );
}

/** The content of a folder was already taken up, which can be done once. */
export function treeTaken(): BulkheadError {
  return new BulkheadError('ERR_URL_READER_CONTENT_TAKEN', 'The content of the folder was already taken up', {
    hint: 'Call one of files(), archive() and dir(), once.',
  });
}

/** What a host sent as an archive is none, or holds what must not be unpacked. */
export function badArchive(fault: string, cause?: unknown): BadGatewayError {
  return new BadGatewayError(`The archive of the folder is not used: ${fault}`, {
    code: 'ERR_URL_READER_ARCHIVE',
    hint: 'Check what the host answers for the folder.',
    cause,
  });
}

/** A folder with more content than is taken. */
export function treeTooLarge(maxSize: number): BadGatewayError {
  return new BadGatewayError(`The folder has more than ${maxSize} bytes`, {
    code: 'ERR_URL_READER_TOO_LARGE',
    hint: 'Read less by a filter or a folder further down, or raise backend.reading.trees.maxSize.',
  });
}
