import { coreServices, createServiceFactory } from '@bulkhead/backend-plugin-api';
import { DefaultUrlReaderService } from './default-url-reader-service.ts';
import { PlainUrlReader } from './plain-url-reader.ts';
import { followReadingSettings } from './reading-settings.ts';
import { urlReaderFactoriesServiceRef } from './url-reader-factories.ts';

/** Provides {@link coreServices.urlReader}: the readers that were added, then one for plain HTTP. */
export const urlReaderServiceFactory = createServiceFactory({
  service: coreServices.urlReader,
  deps: {
    config: coreServices.rootConfig,
    rootLogger: coreServices.rootLogger,
    logger: coreServices.logger,
    factories: urlReaderFactoriesServiceRef,
  },
  createRootContext: ({ config, rootLogger }) => new PlainUrlReader(followReadingSettings(config, rootLogger)),
  factory: ({ config, logger, factories }, plainReader) => {
    const choices = factories.flatMap((createReaders) => createReaders({ config, logger }));
    return new DefaultUrlReaderService(choices, plainReader);
  },
});
