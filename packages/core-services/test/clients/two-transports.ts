import { coreServices, createBackendPlugin, type Credentials } from '@bulkhead/backend-plugin-api';
import { startTestBackend, type TestBackend } from '@bulkhead/backend-test-utils';
import { clientsServiceRef } from '@bulkhead/openapi';
import type { CalledOperation, ClientConnection } from '@bulkhead/openapi/client';
import { createRoutes, type ServedOperation } from '@bulkhead/openapi/server';
import type { JsonObject } from '@bulkhead/types';
import type { Router } from 'express';
import { DefaultClientsService } from '../../src/clients/index.ts';
import { httpServerServiceRef } from '../../src/http-server/index.ts';
import { topologyServiceRef } from '../../src/topology/index.ts';
import { upstreamsServiceRef } from '../../src/upstreams/index.ts';

/** An operation for both sides, of which only what matters is said. */
export type OperationPart = Partial<Omit<CalledOperation, 'operationId'>> &
  Pick<CalledOperation, 'path'> & { readonly allowsOtherQuery?: boolean };

/** The way in which a call goes from one plugin to another. */
export type TransportName = 'in-process' | 'tcp';

/** Two plugins in one process, and both ways from one to the other. */
export interface TwoTransports<TName extends string> {
  readonly backend: TestBackend;
  readonly operations: Readonly<Record<TName, CalledOperation>>;
  readonly connections: Readonly<Record<TransportName, ClientConnection>>;
  /** Of the plugin that calls. */
  readonly credentials: Credentials;
}

const JSON_CONTENT = [{ mediaType: 'application/json', kind: 'json' }] as const;

/** What {@link startTwoTransports} is told. */
export interface TwoTransportsOptions<TName extends string> {
  readonly operations: Readonly<Record<TName, OperationPart>>;
  readonly handlers: Readonly<Record<NoInfer<TName>, (request: never) => unknown>>;
  /** Further routes of the plugin that is called. */
  readonly router?: Router;
  readonly config?: JsonObject;
}

/** Starts a host in which the plugin `caller` can call the plugin `target`. */
export async function startTwoTransports<TName extends string>(
  options: TwoTransportsOptions<TName>,
): Promise<TwoTransports<TName>> {
  const operations = Object.fromEntries(
    Object.entries<OperationPart>(options.operations).map(([operationId, part]) => [
      operationId,
      { operationId, method: 'GET', parameters: [], responses: { 200: JSON_CONTENT }, ...part },
    ]),
  ) as unknown as Record<TName, CalledOperation>;
  const found: Partial<Omit<TwoTransports<TName>, 'backend' | 'operations'>> = {};
  const backend = await startTestBackend({
    features: [createTarget(Object.values(operations), options), createCaller(found)],
    config: options.config,
  });
  return { ...(found as Required<typeof found>), backend, operations };
}

function createTarget<TName extends string>(
  operations: readonly CalledOperation[],
  { handlers, router }: TwoTransportsOptions<TName>,
): ReturnType<typeof createBackendPlugin> {
  return createBackendPlugin({
    pluginId: 'target',
    register(env) {
      env.registerInit({
        deps: { http: coreServices.httpRouter },
        init: async ({ http }) => {
          http.serve(createRoutes({ operations: operations.map(toServed), document: () => ({}) }, handlers));
          if (router) http.use(router);
        },
      });
    },
  });
}

function toServed({ responses, ...operation }: CalledOperation): ServedOperation {
  return {
    ...operation,
    access: { credentials: operation.isPublic ? 'none' : 'required', principals: ['user', 'service'], cookie: false },
    responses: Object.fromEntries(Object.entries(responses).map(([status, contents]) => [status, { contents }])),
  } as ServedOperation;
}

function createCaller(found: {
  -readonly [Key in keyof TwoTransports<string>]?: TwoTransports<string>[Key];
}): ReturnType<typeof createBackendPlugin> {
  return createBackendPlugin({
    pluginId: 'caller',
    register(env) {
      env.registerInit({
        deps: {
          clients: clientsServiceRef,
          config: coreServices.rootConfig,
          logger: coreServices.logger,
          auth: coreServices.auth,
          server: httpServerServiceRef,
          topology: topologyServiceRef,
          upstreams: upstreamsServiceRef,
        },
        init: async ({ clients, ...deps }) => {
          // The same place under another name, so that it is not taken for this process.
          const url = deps.server.getAddress().url.replace('127.0.0.1', 'localhost');
          const getBaseUrl = async (id: string): Promise<string> => `${url}/api/${id}`;
          const discovery = { getBaseUrl, getExternalBaseUrl: getBaseUrl };
          found.connections = {
            'in-process': clients.connect('target'),
            tcp: new DefaultClientsService({ ...deps, pluginId: 'caller', discovery }).connect('target'),
          };
          found.credentials = await deps.auth.getOwnServiceCredentials();
        },
      });
    },
  });
}
