import { BulkheadError, GatewayTimeoutError, HttpError } from '@bulkhead/errors';

/** A path of an auth policy or of an upgrade handler that cannot be matched. */
export function invalidRouterPath(what: string, path: string, cause?: unknown): BulkheadError {
  return new BulkheadError('ERR_HTTP_ROUTER_PATH', `There cannot be ${what} for ${JSON.stringify(path)}`, {
    hint: "Write a path below the plugin's mount as Express 5 has it: '/status', '/items/:id/public', or '/' for all.",
    cause,
  });
}

/** An auth policy that lets in nobody who is known here. */
export function invalidPolicy(path: string, allow: unknown): BulkheadError {
  return new BulkheadError(
    'ERR_HTTP_ROUTER_POLICY',
    `The auth policy for ${JSON.stringify(path)} allows ${JSON.stringify(allow)}, which is nobody`,
    { hint: "Write allow: 'unauthenticated', or 'user-cookie' for pages." },
  );
}

/** A second contract for one plugin. */
export function routesServedTwice(pluginId: string): BulkheadError {
  return new BulkheadError('ERR_HTTP_ROUTES_SERVED_TWICE', `Plugin '${pluginId}' serves a contract already`, {
    hint: 'A plugin has one openapi.yaml: call httpRouter.serve once. Further paths can be added by httpRouter.use.',
  });
}

/** Why a request is no longer worked on: nobody is there to read the answer. */
export function clientGone(): HttpError {
  // The status is seen in logs only, where nginx has it for the same thing.
  return new HttpError(499, 'The client has hung up', { code: 'ERR_HTTP_CLIENT_GONE' });
}

/** Why a request is no longer worked on: whoever made it does not wait any longer. */
export function deadlinePassed(): GatewayTimeoutError {
  return new GatewayTimeoutError('The request took longer than its caller waits', { code: 'ERR_HTTP_DEADLINE' });
}
