import type { UrlReaderService } from '@bulkhead/backend-plugin-api';
import { mockServices, resolveService } from '@bulkhead/backend-test-utils';
import { urlReaderServiceFactory } from '@bulkhead/core-services/url-reader';
import type { JsonObject } from '@bulkhead/types';
import { Site } from '../site.ts';
import type { FakeHost } from './fake-hosts.ts';
import { FakeRepository } from './fake-repository.ts';

/** A host that runs, and a reader that is configured for it. */
export interface OpenHost {
  readonly site: Site;
  readonly repository: FakeRepository;
  readonly service: UrlReaderService;
  /** Puts content into the repository, and gives its page. */
  setFile(path: string, content: string): string;
  /** A page of the host. */
  page(path: string): string;
}

/** Starts a host. Those whose address is fixed get the requests to it all the same. */
export async function openHost(fake: FakeHost, reading: JsonObject = {}): Promise<OpenHost> {
  const repository = new FakeRepository();
  const site = await Site.start((request, response) => {
    const { pathname, searchParams } = new URL(request.url!, origin);
    const path = decodeURIComponent(pathname);
    void fake.answer({ repository, request, response, origin, path, query: searchParams });
  });
  const origin = site.url('');
  const data = { backend: { reading }, integrations: { [fake.key]: [fake.config(origin, site.host)] } };
  const service = await resolveService(urlReaderServiceFactory, {
    services: { rootConfig: mockServices.rootConfig({ data }) },
  });
  const page = (path: string): string => fake.page(origin, path.replace(/^\//, ''));
  return {
    site,
    repository,
    service,
    page,
    setFile(path, content) {
      repository.files.set(path.replace(/^\//, ''), content);
      return page(path);
    },
  };
}
