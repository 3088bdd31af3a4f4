/**
 * Each service of the host is what published plugins take it for. Checked by `tsc`: a line that does not compile names
 * the service that has drifted.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { coreServices as published } from '@backstage/backend-plugin-api';
import type { MetricsService, TracingService } from '@backstage/backend-plugin-api/alpha';
import type { EventsService } from '@backstage/plugin-events-node';
import type { coreServices as own } from '@bulkhead/backend-plugin-api';

/** What both sides mean alike although it comes from two copies, or two versions, of a library. */
type Shared =
  | string
  | number
  | boolean
  | bigint
  | symbol
  | null
  | undefined
  | Date
  | Error
  | Buffer
  | AbortSignal
  | NodeJS.ReadableStream;

/** What policies tell plugins about conditions: the host hands it on as it is. */
type HandedOn = 'conditions' | 'params';

/** A service without what differs in types only: lists that are not to be written to, copies of libraries, type parameters. */
type Plain<T> = unknown extends T
  ? unknown
  : T extends IncomingMessage
    ? 'a request of Express'
    : T extends ServerResponse
      ? 'a response of Express'
      : T extends Shared
        ? T
        : T extends Promise<infer TValue>
          ? Promise<Plain<TValue>>
          : T extends (...parameters: infer TParameters) => infer TResult
            ? (...parameters: { [TIndex in keyof TParameters]: Plain<TParameters[TIndex]> }) => Plain<TResult>
            : T extends { readonly schema: unknown; readonly migrate: unknown; readonly raw: unknown }
              ? 'a client of Knex'
              : T extends { toQuery(...parameters: never): unknown }
                ? 'a permission rule, which the host hands on'
                : T extends { toMillis(): number }
                  ? { toMillis(): number }
                  : T extends readonly (infer TItem)[]
                    ? Plain<TItem>[]
                    : { -readonly [TKey in keyof T]: TKey extends HandedOn ? unknown : Plain<T[TKey]> };

type ServiceOf<TRef> = TRef extends { readonly T: infer TService } ? TService : never;
type Published<TName extends keyof typeof published> = Plain<ServiceOf<(typeof published)[TName]>>;

declare const services: { [TName in keyof typeof own]: Plain<ServiceOf<(typeof own)[TName]>> };

export const auth: Published<'auth'> = services.auth;
export const userInfo: Published<'userInfo'> = services.userInfo;
export const cache: Published<'cache'> = services.cache;
export const rootConfig: Published<'rootConfig'> = services.rootConfig;
export const database: Published<'database'> = services.database;
export const discovery: Published<'discovery'> = services.discovery;
export const rootHealth: Published<'rootHealth'> = services.rootHealth;
export const httpAuth: Published<'httpAuth'> = services.httpAuth;
export const httpRouter: Published<'httpRouter'> = services.httpRouter;
export const lifecycle: Published<'lifecycle'> = services.lifecycle;
export const logger: Published<'logger'> = services.logger;
export const auditor: Published<'auditor'> = services.auditor;
export const permissions: Published<'permissions'> = services.permissions;
export const permissionsRegistry: Published<'permissionsRegistry'> = services.permissionsRegistry;
export const pluginMetadata: Published<'pluginMetadata'> = services.pluginMetadata;
export const rootHttpRouter: Published<'rootHttpRouter'> = services.rootHttpRouter;
export const rootLifecycle: Published<'rootLifecycle'> = services.rootLifecycle;
export const rootLogger: Published<'rootLogger'> = services.rootLogger;
export const scheduler: Published<'scheduler'> = services.scheduler;
export const urlReader: Published<'urlReader'> = services.urlReader;
export const rootInstanceMetadata: Published<'rootInstanceMetadata'> = services.rootInstanceMetadata;
export const rootSystemMetadata: Published<'rootSystemMetadata'> = services.rootSystemMetadata;

// Those that have their types elsewhere.
export const events: Plain<EventsService> = services.events;
export const metrics: Plain<MetricsService> = services.metrics;
export const tracing: Plain<TracingService> = services.tracing;
