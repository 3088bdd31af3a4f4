import { coreServices, createServiceFactory } from '@bulkhead/backend-plugin-api';
import { DefaultUrlReaderService } from './default-url-reader-service.ts';
import { followIntegrations } from './hosts/follow-integrations.ts';
import { PlainUrlReader } from './plain-url-reader.ts';
import { followReadingSettings } from './reading-settings.ts';
import { DefaultTreeResponseFactory, readWorkingDirectory } from './trees/tree-response-factory.ts';
import { urlReaderFactoriesServiceRef } from './url-reader-factories.ts';

/** Provides {@link coreServices.urlReader}: readers that were added, those for `integrations`, one for plain HTTP. */
export const urlReaderServiceFactory = createServiceFactory({
  service: coreServices.urlReader,
  deps: {
    config: coreServices.rootConfig,
    rootLogger: coreServices.rootLogger,
    logger: coreServices.logger,
    factories: urlReaderFactoriesServiceRef,
  },
  createRootContext({ config, rootLogger }) {
    const settings = followReadingSettings(config, rootLogger);
    const workDir = readWorkingDirectory(config);
    const trees = new DefaultTreeResponseFactory(workDir, () => settings().trees);
    const hosts = followIntegrations({ config, settings, trees, workDir });
    return { plain: new PlainUrlReader(settings), hosts, trees };
  },
  factory({ config, logger, factories }, { plain, hosts, trees }) {
    const added = factories.flatMap((createReaders) => createReaders({ config, logger, treeResponseFactory: trees }));
    return new DefaultUrlReaderService(() => [...added, ...hosts()], plain);
  },
});
