import {
  BadGatewayError,
  GatewayTimeoutError,
  HttpError,
  InputError,
  NotImplementedError,
  ServiceUnavailableError,
} from '@bulkhead/errors';

// Messages name the plugin and never where it runs: strangers read them. The log has the cause.

/** No process that runs the plugin took the request. */
export function unreachablePlugin(pluginId: string, cause: unknown): ServiceUnavailableError {
  return new ServiceUnavailableError(`Plugin '${pluginId}' cannot be reached`, {
    code: 'ERR_FORWARD_UNREACHABLE',
    cause,
  });
}

/** All connections that there may be to the plugin's processes are in use. */
export function busyPlugin(pluginId: string): ServiceUnavailableError {
  return new ServiceUnavailableError(`Plugin '${pluginId}' has too many requests under way`, {
    code: 'ERR_FORWARD_BUSY',
  });
}

/** The connection broke before there was an answer, or in the middle of it. */
export function brokenConnection(pluginId: string, cause: unknown): BadGatewayError {
  return new BadGatewayError(`The connection to plugin '${pluginId}' broke`, { code: 'ERR_FORWARD_BROKEN', cause });
}

/** What came back is not HTTP. */
export function invalidAnswer(pluginId: string, cause: unknown): BadGatewayError {
  return new BadGatewayError(`Plugin '${pluginId}' sent an answer that is not valid HTTP`, {
    code: 'ERR_FORWARD_INVALID_ANSWER',
    cause,
  });
}

/** No answer came in time. */
export function slowPlugin(pluginId: string, cause: unknown): GatewayTimeoutError {
  return new GatewayTimeoutError(`Plugin '${pluginId}' did not answer in time`, {
    code: 'ERR_FORWARD_TIMEOUT',
    cause,
  });
}

/** The request has been here before. */
export function forwardingLoop(pluginId: string): HttpError {
  return new HttpError(508, `Requests for plugin '${pluginId}' are forwarded in a circle`, {
    code: 'ERR_FORWARD_LOOP',
  });
}

/** A request for another protocol that brings a body, whose end the two sides could see in different places. */
export function upgradeWithBody(): InputError {
  return new InputError('A request for another protocol cannot have a body', { code: 'ERR_FORWARD_UPGRADE_BODY' });
}

/** A body in a coding that would have to be undone here. */
export function unknownTransferCoding(): NotImplementedError {
  return new NotImplementedError('The only transfer coding that is forwarded is chunked', {
    code: 'ERR_FORWARD_TRANSFER_CODING',
  });
}
