import { coreServices, createServiceFactory } from '@bulkhead/backend-plugin-api';
import { HostAccess } from '../auth/host-access.ts';
import { externalTokensServiceRef } from '../auth/external-tokens-service.ts';
import { topologyServiceRef } from '../topology/topology-service.ts';
import { Forwarder, readForwardingSettings } from '../forwarding/index.ts';
import { upstreamsServiceRef } from '../upstreams/upstreams-service.ts';
import { accessLogServiceRef } from './access-log.ts';
import { createCrossOriginHandler } from './cross-origin.ts';
import { DefaultHttpServerService } from './default-http-server-service.ts';
import { readHealthHeaders } from './health-headers.ts';
import { createHostEndpoints } from './host-endpoints.ts';
import { readHttpServerSettings } from './http-server-settings.ts';
import { httpServerServiceRef } from './http-server-service.ts';
import { createPageHeaders, createSecurityHeaders } from './security-headers.ts';

/**
 * Starts the HTTP server, before any plugin: requests that come early wait for their plugin, and probes are answered
 * from the beginning.
 */
export const httpServerServiceFactory = createServiceFactory({
  service: httpServerServiceRef,
  deps: {
    config: coreServices.rootConfig,
    logger: coreServices.rootLogger,
    lifecycle: coreServices.rootLifecycle,
    host: coreServices.rootHost,
    health: coreServices.rootHealth,
    accessLog: accessLogServiceRef,
    externalTokens: externalTokensServiceRef,
    topology: topologyServiceRef,
    upstreams: upstreamsServiceRef,
  },
  factory: async ({ config, logger, lifecycle, host, health, accessLog, externalTokens, topology, upstreams }) => {
    const configured = readHttpServerSettings(config);
    const { own } = topology;
    const listen = own ? { ...own.listen, setBy: `topology.${own.name}` } : configured.listen;
    const settings = { ...configured, listen };
    const securityHeaders = createSecurityHeaders(config, settings.secure);
    const healthHeaders = readHealthHeaders(config);
    const server = await DefaultHttpServerService.start({
      settings,
      logger,
      accessLog,
      host,
      securityHeaders,
      pageHeaders: createPageHeaders(config, settings.secure),
      crossOrigin: createCrossOriginHandler(config),
      development: process.env.NODE_ENV === 'development',
    });
    for (const [path, endpoint] of createHostEndpoints({
      health,
      host,
      access: new HostAccess(config, externalTokens),
      healthHeaders,
    })) {
      server.addEndpoint(path, endpoint);
    }
    if (topology.forwards) {
      server.forwardWith(
        new Forwarder({
          settings: readForwardingSettings(config),
          topology,
          upstreams,
          createApp: () => server.createApp(),
          releaseUpgrade: (exchange) => server.releaseUpgrade(exchange),
        }),
      );
    }
    lifecycle.addBeforeShutdownHook(() => server.closeConnectionsAfterResponses());
    lifecycle.addDrainHook(() => server.drain());
    logger.info(`Listening on ${server.getAddress().url}`);
    return server;
  },
});
