import type { UrlReaderChoice } from '../url-reader-factories.ts';
import { createIntegrationReaders, type IntegrationReadersOptions } from './integration-readers.ts';

/** The readers for the hosts under `integrations`, at any time. They are made anew when that section changes. */
export function followIntegrations(options: IntegrationReadersOptions): () => readonly UrlReaderChoice[] {
  const { config } = options;
  let readers = createIntegrationReaders(options);
  let section = JSON.stringify(config.getOptional('integrations'));
  config.subscribe?.(() => {
    const next = JSON.stringify(config.getOptional('integrations'));
    if (next === section) return;
    section = next;
    readers = createIntegrationReaders(options);
  });
  return () => readers;
}
