import type { UrlReaderService } from '@bulkhead/backend-plugin-api';
import { mockServices, resolveService } from '@bulkhead/backend-test-utils';
import { urlReaderServiceFactory } from '@bulkhead/core-services/url-reader';
import type { JsonObject } from '@bulkhead/types';
import type { Site } from './site.ts';

/** The reader of a plugin, as `backend.reading` configures it. */
export function createReader(reading: JsonObject): Promise<UrlReaderService> {
  const rootConfig = mockServices.rootConfig({ data: { backend: { reading } } });
  return resolveService(urlReaderServiceFactory, { services: { rootConfig } });
}

/** A reader that may read all of some sites. */
export function createReaderOf(sites: readonly Site[], limits: JsonObject = {}): Promise<UrlReaderService> {
  return createReader({ allow: sites.map(({ host }) => ({ host })), ...limits });
}
