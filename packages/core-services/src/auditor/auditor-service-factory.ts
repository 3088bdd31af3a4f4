import {
  coreServices,
  createServiceFactory,
  type AuditorService,
  type RootConfigService,
  type RootLoggerService,
  type ServiceFactory,
} from '@bulkhead/backend-plugin-api';
import { readAuditLevels, type AuditLevels } from './audit-levels.ts';
import { DefaultAuditorService } from './default-auditor-service.ts';

/** Writes audit events to the plugin's log, at the levels that `backend.auditor.severityLogLevelMappings` gives. */
export const auditorServiceFactory: ServiceFactory<AuditorService, 'plugin'> = createServiceFactory({
  service: coreServices.auditor,
  deps: {
    rootConfig: coreServices.rootConfig,
    rootLogger: coreServices.rootLogger,
    logger: coreServices.logger,
    auth: coreServices.auth,
    httpAuth: coreServices.httpAuth,
    metadata: coreServices.pluginMetadata,
  },
  createRootContext: ({ rootConfig, rootLogger }) => followAuditLevels(rootConfig, rootLogger),
  factory: ({ logger, auth, httpAuth, metadata }, levels) =>
    new DefaultAuditorService({ pluginId: metadata.getId(), logger, auth, httpAuth, levels }),
});

function followAuditLevels(config: RootConfigService, logger: RootLoggerService): () => AuditLevels {
  let levels = readAuditLevels(config);
  config.subscribe?.(() => {
    try {
      levels = readAuditLevels(config);
    } catch (error) {
      logger.warn('The new auditor configuration cannot be used; the previous one stays in force', error as Error);
    }
  });
  return () => levels;
}
