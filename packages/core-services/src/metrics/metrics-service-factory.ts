import {
  coreServices,
  createServiceFactory,
  type MetricsService,
  type ServiceFactory,
} from '@bulkhead/backend-plugin-api';
import { readInstrumentationScope } from '../telemetry/instrumentation-scope.ts';
import { DefaultMetricsService } from './default-metrics-service.ts';

/** Provides {@link coreServices.metrics}. */
export const metricsServiceFactory: ServiceFactory<MetricsService, 'plugin'> = createServiceFactory({
  service: coreServices.metrics,
  deps: { config: coreServices.rootConfig, metadata: coreServices.pluginMetadata },
  factory: ({ config, metadata }): MetricsService => {
    const pluginId = metadata.getId();
    const key = `backend.metrics.plugin.${pluginId}.meter`;
    return new DefaultMetricsService(readInstrumentationScope(config, key, pluginId));
  },
});
