import { BulkheadError } from '@bulkhead/errors';

/** A path of an auth policy or of an upgrade handler that cannot be matched. */
export function invalidRouterPath(what: string, path: string, cause?: unknown): BulkheadError {
  return new BulkheadError('ERR_HTTP_ROUTER_PATH', `There cannot be ${what} for ${JSON.stringify(path)}`, {
    hint: "Write a path below the plugin's mount as Express 5 has it: '/status', '/items/:id/public', or '/' for all.",
    cause,
  });
}
