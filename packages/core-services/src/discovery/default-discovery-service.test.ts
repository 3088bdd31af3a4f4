import { describe, expect, it } from '@jest/globals';
import { mockServices } from '@bulkhead/backend-test-utils';
import { describeDiscoveryService } from '@bulkhead/backend-test-utils/contracts';
import { ConfigReader, createMutableConfig, type Config } from '@bulkhead/config';
import type { ProblemsError } from '@bulkhead/errors';
import type { JsonObject, JsonValue } from '@bulkhead/types';
import { DefaultTopologyService } from '../topology/default-topology-service.ts';
import { DefaultDiscoveryService } from './default-discovery-service.ts';
import { DefaultDiscoveryEndpointsService } from './discovery-endpoints.ts';
import { SrvResolver } from './srv-resolver.ts';

const OWN_URL = 'http://127.0.0.1:4711';

function discover(
  data: JsonObject | Config,
  { logger = mockServices.logger(), ownUrl = OWN_URL, process = '', local = [] as readonly string[] } = {},
): DefaultDiscoveryService {
  const config = typeof data.getOptional === 'function' ? (data as Config) : new ConfigReader(data as JsonObject);
  const endpoints = new DefaultDiscoveryEndpointsService({ config, logger, srv: new SrvResolver({ logger }) });
  const selection = process === '' ? undefined : { name: process };
  const host = mockServices.rootHost({ plugins: Object.fromEntries(local.map((id) => [id, 'ready' as const])) });
  const topology = new DefaultTopologyService({ config, logger, endpoints, selection, host });
  return new DefaultDiscoveryService({ config, endpoints, topology, ownUrl });
}

function withEndpoints(...endpoints: JsonValue[]): DefaultDiscoveryService {
  return discover({ discovery: { endpoints } });
}

describeDiscoveryService('DefaultDiscoveryService', ({ internalUrl, externalUrl, elsewhere }) => ({
  service: discover(
    {
      backend: { baseUrl: `${externalUrl}/` },
      discovery: { endpoints: Object.entries(elsewhere).map(([id, target]) => ({ target, plugins: [id] })) },
    },
    { ownUrl: internalUrl },
  ),
}));

describe('discovery.endpoints', () => {
  it('may be left out, and so may backend.baseUrl', async () => {
    const discovery = discover({});
    expect(await discovery.getBaseUrl('todo')).toBe(`${OWN_URL}/api/todo`);
    expect(await discovery.getExternalBaseUrl('todo')).toBe(`${OWN_URL}/api/todo`);
  });

  it('fills in the id of the plugin', async () => {
    const discovery = withEndpoints({
      target: 'https://plugins.example.com/{{pluginId}}/{{ pluginId }}/',
      plugins: ['todo', 'digest'],
    });
    expect(await discovery.getBaseUrl('todo')).toBe('https://plugins.example.com/todo/todo');
    expect(await discovery.getExternalBaseUrl('digest')).toBe('https://plugins.example.com/digest/digest');
  });

  it.each(['169.254.169.254', 'evil.example.com', 'a:b@evil', 'x/../y', '', 'a'.repeat(49)])(
    'takes * for nothing that is no plugin id, since it becomes part of a URL: %j',
    async (id) => {
      const discovery = withEndpoints({ target: 'http://{{pluginId}}:7007/api/{{pluginId}}', plugins: ['*'] });
      expect(await discovery.getBaseUrl('todo')).toBe('http://todo:7007/api/todo');
      expect(await discovery.getBaseUrl(id)).toBe(`${OWN_URL}/api/${encodeURIComponent(id)}`);
      expect(await discovery.getExternalBaseUrl(id)).toBe(`${OWN_URL}/api/${encodeURIComponent(id)}`);
    },
  );

  it('tells processes from users, each with the default where it says nothing', async () => {
    const discovery = withEndpoints(
      { target: { internal: 'http://todo.internal:8080/api/todo' }, plugins: ['todo'] },
      { target: { external: 'https://digest.example.com' }, plugins: ['digest'] },
    );
    expect(await discovery.getBaseUrl('todo')).toBe('http://todo.internal:8080/api/todo');
    expect(await discovery.getExternalBaseUrl('todo')).toBe(`${OWN_URL}/api/todo`);
    expect(await discovery.getBaseUrl('digest')).toBe(`${OWN_URL}/api/digest`);
    expect(await discovery.getExternalBaseUrl('digest')).toBe('https://digest.example.com');
  });

  it('takes * for the plugins that no entry names, and the first of several entries', async () => {
    const discovery = withEndpoints(
      { target: 'https://rest.example.com/api/{{pluginId}}', plugins: ['*'] },
      { target: 'https://first.example.com', plugins: ['todo'] },
      { target: 'https://second.example.com', plugins: ['todo'] },
    );
    expect(await discovery.getBaseUrl('todo')).toBe('https://first.example.com');
    expect(await discovery.getBaseUrl('other')).toBe('https://rest.example.com/api/other');
  });

  it('is read again when it changes, and keeps what it had when the change is no good', async () => {
    const { config, set } = createMutableConfig({});
    const logger = mockServices.logger();
    const discovery = discover(config, { logger });
    set({ discovery: { endpoints: [{ target: 'https://moved.example.com', plugins: ['todo'] }] } });
    expect(await discovery.getBaseUrl('todo')).toBe('https://moved.example.com');
    set({ discovery: { endpoints: [{ target: 'nowhere', plugins: ['todo'] }] } });
    expect(await discovery.getBaseUrl('todo')).toBe('https://moved.example.com');
    expect(logger.lines).toMatchObject([{ level: 'error' }]);
  });

  it('is refused with everything that is wrong', () => {
    const thrown = faultOf([
      'text',
      { target: 'ftp://a', plugins: ['a'] },
      { target: { external: 'http+srv://a' }, plugins: ['a'] },
      { target: {}, plugins: ['a'] },
      { target: { internal: 'http://a', external: 1 }, plugins: 'a' },
    ]);
    expect(thrown.code).toBe('ERR_DISCOVERY_CONFIG');
    expect(new Set(thrown.problems.map(({ code }) => code))).toEqual(new Set(['ERR_DISCOVERY_ENDPOINT']));
    expect(thrown.problems.map(({ message }) => message)).toEqual([
      'discovery.endpoints[0].target must be a URL or { internal, external }',
      "discovery.endpoints[0].plugins must be a list of plugin ids, or ['*']",
      'discovery.endpoints[1].target must be an http or https URL',
      'discovery.endpoints[2].target.external must be an http or https URL',
      'discovery.endpoints[3].target must be a URL or { internal, external }',
      'discovery.endpoints[4].target.external must be an http or https URL',
      "discovery.endpoints[4].plugins must be a list of plugin ids, or ['*']",
    ]);
    expect(thrown.problems[3]?.hint).toContain('SRV records are looked up for `internal` targets only');
    expect(faultOf('text').problems).toHaveLength(1);
  });
});

function faultOf(endpoints: JsonValue): ProblemsError {
  try {
    discover({ discovery: { endpoints } });
  } catch (error) {
    return error as ProblemsError;
  }
  throw new TypeError('nothing was thrown');
}
