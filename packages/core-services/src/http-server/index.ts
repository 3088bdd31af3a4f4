// The service
export { httpServerServiceFactory } from './http-server-service-factory.ts';
export { httpServerServiceRef, type HttpServerService, type PluginMount } from './http-server-service.ts';
export { DefaultHttpServerService, type HttpServerOptions } from './default-http-server-service.ts';
export { readHttpServerSettings, type HttpServerSettings } from './http-server-settings.ts';
export type { ListenAddress, ListenOptions } from './listen-address.ts';
export type { Exchange } from './exchange.ts';
export type { InProcessResponse } from './in-process/in-process-response.ts';
export type { HangUp, InProcessRequest } from './in-process/serve-in-process.ts';

// The access log
export {
  accessLogServiceFactory,
  accessLogServiceRef,
  DefaultAccessLogService,
  type AccessLogEntry,
  type AccessLogService,
} from './access-log.ts';
