import type { LoadRequest } from '../../src/load.ts';
import { STATIC_TOKEN } from './hosts.ts';

/** A route of one of the plugins, and who asks it. */
export interface Route {
  readonly what: string;
  readonly path: string;
  readonly caller?: 'service' | 'user';
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Of every plugin that answers requests of its own: from what costs the host alone to what costs PostgreSQL most. */
export const ROUTES: readonly Route[] = [
  { what: 'permission, health', path: '/api/permission/health' },
  { what: 'auth, openid configuration', path: '/api/auth/.well-known/openid-configuration' },
  { what: 'auth, keys', path: '/api/auth/.well-known/jwks.json' },
  { what: 'signals, health', path: '/api/signals/health' },
  { what: 'proxy', path: '/api/proxy/upstream/small' },
  { what: 'events, reception', path: '/api/events/http/ping', method: 'POST', body: { ping: true } },
  {
    what: 'permission, authorize',
    path: '/api/permission/authorize',
    caller: 'user',
    method: 'POST',
    body: {
      items: [{ id: '1', permission: { type: 'basic', name: 'example.read', attributes: { action: 'read' } } }],
    },
  },
  {
    what: 'catalog, one entity, to a service',
    path: '/api/catalog/entities/by-name/component/default/component-1',
    caller: 'service',
  },
  { what: 'catalog, 20 entities, to a service', path: '/api/catalog/entities?limit=20', caller: 'service' },
  { what: 'catalog, 20 entities, to a user', path: '/api/catalog/entities?limit=20', caller: 'user' },
  { what: 'notifications', path: '/api/notifications?limit=10', caller: 'user' },
  { what: 'user-settings', path: '/api/user-settings/buckets/benchmark/keys/key', caller: 'user' },
  { what: 'search', path: '/api/search/query?term=component&limit=10', caller: 'user' },
  {
    what: 'mcp-actions, list of tools',
    path: '/api/mcp-actions/v1',
    caller: 'user',
    method: 'POST',
    headers: { accept: 'application/json, text/event-stream' },
    body: { jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} },
  },
];

/** The request for a route, with the token of its caller. */
export function requestOf({ path, caller, method, headers, body }: Route, userToken: string): LoadRequest {
  const token = { service: STATIC_TOKEN, user: userToken };
  return {
    path,
    method,
    headers: {
      ...(caller && { authorization: `Bearer ${token[caller]}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  };
}
