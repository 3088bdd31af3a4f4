/**
 * Reading what is behind URLs.
 *
 * @packageDocumentation
 */

// The service
export { urlReaderServiceFactory } from './url-reader-service-factory.ts';
export { DefaultUrlReaderService } from './default-url-reader-service.ts';

// Readers
export type { TreeArchive, TreeFile, TreeResponseFactory } from './trees/tree-response-factory.ts';
export {
  urlReaderFactoriesServiceRef,
  type UrlReaderChoice,
  type UrlReaderFactory,
  type UrlReaderFactoryOptions,
} from './url-reader-factories.ts';
export { PlainUrlReader } from './plain-url-reader.ts';
export { readReadingSettings, type ReadingSettings } from './reading-settings.ts';
export { AllowList } from './allow-list.ts';
