import { mockServices } from '@bulkhead/backend-test-utils';
import { createMutableConfig } from '@bulkhead/config';
import type { JsonObject } from '@bulkhead/types';
import { describe, expect, it } from '@jest/globals';
import { DefaultDiscoveryService } from '../discovery/default-discovery-service.ts';
import { DefaultDiscoveryEndpointsService } from '../discovery/discovery-endpoints.ts';
import { SrvResolver } from '../discovery/srv-resolver.ts';
import { DefaultTopologyService } from './default-topology-service.ts';
import type { ProcessSelection } from './process-selection.ts';

const TOPOLOGY = {
  edge: { baseUrl: 'http://127.0.0.1:7007', plugins: ['example'], forwards: true },
  todo: { replicas: ['http://127.0.0.1:7008', 'http://127.0.0.1:7009'], plugins: ['todo'] },
};
const ENDPOINTS = [
  { target: 'http://search.internal/api/{{pluginId}}', plugins: ['search', 'todo'] },
  { target: { internal: 'http://rest.internal/{{pluginId}}' }, plugins: ['*'] },
];

interface SetUp {
  readonly local: readonly string[];
  readonly selection?: ProcessSelection;
}

function setUp(data: JsonObject, { local, selection }: SetUp) {
  const { config, set } = createMutableConfig(data);
  const logger = mockServices.logger();
  const host = mockServices.rootHost({ plugins: Object.fromEntries(local.map((id) => [id, 'ready' as const])) });
  const endpoints = new DefaultDiscoveryEndpointsService({ config, logger, srv: new SrvResolver({ logger }) });
  const topology = new DefaultTopologyService({ config, host, endpoints, selection, logger });
  const discovery = new DefaultDiscoveryService({ config, topology, endpoints, ownUrl: 'http://127.0.0.1:1' });
  return { topology, discovery, set, logger };
}

const REMOTE_TODO = {
  type: 'remote',
  process: 'todo',
  baseUrls: ['http://127.0.0.1:7008/api/todo', 'http://127.0.0.1:7009/api/todo'],
};

describe('a process of the topology', () => {
  const edge: SetUp = { local: ['example'], selection: { name: 'edge' } };

  it('knows itself', () => {
    const { topology } = setUp({ topology: TOPOLOGY }, { local: ['todo'], selection: { name: 'todo', replica: '2' } });
    expect(topology.processName).toBe('todo');
    expect(topology.forwards).toBe(false);
    expect(topology.door).toBe('http://127.0.0.1:7007');
    expect(topology.own).toEqual({
      name: 'todo',
      replica: 2,
      replicas: 2,
      baseUrl: 'http://127.0.0.1:7009',
      listen: { host: '127.0.0.1', port: 7009 },
    });
    expect(setUp({ topology: TOPOLOGY }, edge).topology.forwards).toBe(true);
  });

  it('finds its own plugins, those of the others, and what stands elsewhere', () => {
    const { topology } = setUp({ topology: TOPOLOGY, discovery: { endpoints: ENDPOINTS } }, edge);
    expect(topology.locate('example')).toEqual({ type: 'local' });
    expect(topology.locate('todo')).toEqual(REMOTE_TODO);
    expect(topology.locate('search')).toMatchObject({ baseUrls: ['http://search.internal/api/search'] });
    expect(topology.locate('notes')).toMatchObject({ baseUrls: ['http://rest.internal/notes'] });
    expect(topology.locate('../x')).toBeUndefined();
    expect(topology.getPluginIds()).toEqual(['example', 'todo', 'search']);
  });

  it('knows of no other', () => {
    expect(setUp({ topology: TOPOLOGY }, edge).topology.locate('search')).toBeUndefined();
  });

  it('runs nothing that was to run here and was left out', () => {
    expect(setUp({ topology: TOPOLOGY }, { ...edge, local: [] }).topology.locate('example')).toBeUndefined();
  });

  it('sends processes to the replicas in turn, and users to the door', async () => {
    const { discovery } = setUp({ topology: TOPOLOGY }, edge);
    expect([await discovery.getBaseUrl('todo'), await discovery.getBaseUrl('todo')]).toEqual(REMOTE_TODO.baseUrls);
    expect(await discovery.getBaseUrl('example')).toBe('http://127.0.0.1:1/api/example');
    expect(await discovery.getExternalBaseUrl('todo')).toBe('http://127.0.0.1:7007/api/todo');
  });

  it('lets backend.baseUrl win over the door, and discovery.endpoints over both', async () => {
    const data = { topology: TOPOLOGY, backend: { baseUrl: 'https://example.com/' } };
    const { discovery, set } = setUp(data, edge);
    expect(await discovery.getExternalBaseUrl('todo')).toBe('https://example.com/api/todo');
    set({ ...data, discovery: { endpoints: ENDPOINTS } });
    expect(await discovery.getExternalBaseUrl('todo')).toBe('http://search.internal/api/todo');
  });

  it('sends users to the processes themselves where there is no door', async () => {
    const { forwards: _, ...closed } = TOPOLOGY.edge;
    const { discovery } = setUp({ topology: { ...TOPOLOGY, edge: closed } }, edge);
    expect(await discovery.getExternalBaseUrl('todo')).toBe('http://127.0.0.1:7008/api/todo');
    expect(await discovery.getExternalBaseUrl('example')).toBe('http://127.0.0.1:7007/api/example');
  });

  it('follows other processes that move, but stays what it is', () => {
    const { topology, set, logger } = setUp({ topology: TOPOLOGY }, edge);
    expect(topology.locate('todo')).toEqual(REMOTE_TODO);
    set({ topology: { ...TOPOLOGY, todo: { ...TOPOLOGY.todo, replicas: ['http://127.0.0.1:7008'] } } });
    expect(topology.locate('todo')).toMatchObject({ baseUrls: ['http://127.0.0.1:7008/api/todo'] });
    expect(logger.lines).toEqual([]);
    set({
      topology: {
        edge: { ...TOPOLOGY.edge, baseUrl: 'http://127.0.0.1:8007', plugins: ['example', 'new'] },
        todo: { baseUrl: 'http://127.0.0.1:8008', plugins: ['todo'] },
      },
    });
    expect(topology.locate('todo')).toMatchObject({ baseUrls: ['http://127.0.0.1:8008/api/todo'] });
    expect(topology.locate('example')).toEqual({ type: 'local' });
    expect(topology.locate('new')).toBeUndefined();
    expect(topology.own?.listen.port).toBe(7007);
    expect(logger.lines).toMatchObject([{ level: 'warn', message: expect.stringContaining('next start') }]);
  });

  it.each([
    ['a faulty one', { edge: TOPOLOGY.edge, todo: { plugins: ['todo'] } }],
    ['one without this process', { todo: TOPOLOGY.todo }],
    ['none', undefined],
  ])('keeps the topology that it has when it is to follow %s', (_, topology) => {
    const service = setUp({ topology: TOPOLOGY }, edge);
    service.set({ topology });
    expect(service.topology.locate('todo')).toEqual(REMOTE_TODO);
    expect(service.logger.lines).toMatchObject([{ level: 'error', message: expect.stringContaining('not used') }]);
  });

  it.each([
    ['a faulty topology', { edge: {} }],
    ['a topology without this process', { todo: TOPOLOGY.todo }],
  ])('cannot be made from %s', (_, topology) => {
    expect(() => setUp({ topology }, edge)).toThrow(expect.objectContaining({ code: 'ERR_TOPOLOGY_CONFIG' }));
  });
});

describe('a process that runs everything', () => {
  it('does not care for the topology', async () => {
    const { topology, discovery } = setUp({ topology: TOPOLOGY }, { local: ['example', 'todo'] });
    expect(topology).toMatchObject({ processName: undefined, own: undefined, forwards: false, door: undefined });
    expect(topology.locate('todo')).toEqual({ type: 'local' });
    expect(topology.locate('other')).toBeUndefined();
    expect(topology.getPluginIds()).toEqual(['example', 'todo']);
    expect(await discovery.getExternalBaseUrl('todo')).toBe('http://127.0.0.1:1/api/todo');
  });

  it('cares for discovery.endpoints, also for plugins that it has', () => {
    const { topology } = setUp({ discovery: { endpoints: ENDPOINTS.slice(0, 1) } }, { local: ['example', 'todo'] });
    expect(topology.locate('todo')).toMatchObject({ type: 'remote', process: 'search.internal' });
    expect(topology.locate('example')).toEqual({ type: 'local' });
    expect(topology.getPluginIds()).toEqual(['example', 'todo', 'search']);
  });
});
