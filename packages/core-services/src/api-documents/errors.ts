import { NotFoundError } from '@bulkhead/errors';

/** A plugin without a contract was asked for it. */
export function noContract(pluginId: string): NotFoundError {
  return new NotFoundError(`Plugin '${pluginId}' serves no contract`, { code: 'ERR_API_DOCUMENTS_NO_CONTRACT' });
}

/** The package that shows documents in a browser is not installed. */
export function noViewer(cause: unknown): NotFoundError {
  return new NotFoundError('The viewer of API documents is not installed', {
    code: 'ERR_API_DOCUMENTS_NO_VIEWER',
    hint: 'Add it to the host: npm install swagger-ui-dist. Documents without a viewer are at /api/openapi.json.',
    cause,
  });
}
