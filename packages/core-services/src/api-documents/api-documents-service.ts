import { createServiceRef, type ServiceRef } from '@bulkhead/backend-plugin-api';
import type { JsonObject } from '@bulkhead/types';

/** The OpenAPI documents of the plugins. */
export interface ApiDocumentsService {
  /**
   * The contract of a plugin of this process, with the URL under which users reach it.
   *
   * @throws NotFoundError `ERR_API_DOCUMENTS_NO_CONTRACT`; ServiceUnavailableError while it is not known
   */
  ofPlugin(pluginId: string): Promise<JsonObject>;
  /**
   * One document of all plugins, those in other processes included. Names those that cannot be had.
   *
   * @param authorization - the header of the caller, with which other processes are asked
   */
  ofAll(authorization: string | undefined): Promise<JsonObject>;
}

/** The OpenAPI documents of the plugins, which every host serves. */
export const apiDocumentsServiceRef: ServiceRef<ApiDocumentsService, 'root', 'singleton'> =
  createServiceRef<ApiDocumentsService>({ id: 'core.apiDocuments', scope: 'root' });
