import {
  coreServices,
  createServiceFactory,
  type ServiceFactory,
  type TracingService,
} from '@bulkhead/backend-plugin-api';
import { readInstrumentationScope } from '../telemetry/instrumentation-scope.ts';
import { DefaultTracingService } from './default-tracing-service.ts';

/** Provides {@link coreServices.tracing}. */
export const tracingServiceFactory: ServiceFactory<TracingService, 'plugin'> = createServiceFactory({
  service: coreServices.tracing,
  deps: { config: coreServices.rootConfig, metadata: coreServices.pluginMetadata, httpAuth: coreServices.httpAuth },
  factory: ({ config, metadata, httpAuth }): TracingService => {
    const pluginId = metadata.getId();
    const scope = readInstrumentationScope(config, `backend.tracing.plugin.${pluginId}.tracer`, pluginId);
    const captureEndUser = config.getOptionalBoolean('backend.tracing.capture.endUser') ?? false;
    return new DefaultTracingService({ pluginId, scope, captureEndUser, httpAuth });
  },
});
