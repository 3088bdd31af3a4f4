import type { DiscoveryService } from '@bulkhead/backend-plugin-api';
import { mockServices } from '@bulkhead/backend-test-utils';
import { ConfigReader } from '@bulkhead/config';
import {
  DefaultDiscoveryService,
  discoveryEndpointsServiceFactory,
  SrvResolver,
} from '@bulkhead/core-services/discovery';
import { DefaultTopologyService, type TopologyService } from '@bulkhead/core-services/topology';
import type { JsonObject } from '@bulkhead/types';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DnsServer } from '../fixtures/dns-server.ts';

const NAME = 'todo.service.internal';
const URL_OF_TODO = `http+srv://${NAME}/api/todo`;

let dns: DnsServer;
let logger: ReturnType<typeof mockServices.logger>;

beforeEach(async () => {
  dns = await DnsServer.start();
  logger = mockServices.logger();
  dns.zone.set(NAME, [
    { name: 'one.internal', port: 7008, priority: 1, weight: 1 },
    { name: 'spare.internal', port: 7010, priority: 2, weight: 9 },
    { name: 'two.internal', port: 7009, priority: 1, weight: 3 },
  ]);
});

afterEach(() => dns[Symbol.asyncDispose]());

function createResolver(options: { maxAge?: number; random?: () => number } = {}): SrvResolver {
  return new SrvResolver({ servers: [dns.address], logger, ...options });
}

async function discover(
  endpoints: JsonObject['x'],
  dnsServers: readonly string[] = [dns.address],
): Promise<{ discovery: DiscoveryService; topology: TopologyService }> {
  const config = new ConfigReader({ discovery: { endpoints, dnsServers: [...dnsServers] } });
  const service = await discoveryEndpointsServiceFactory.factory(
    { config, logger: mockServices.rootLogger() },
    undefined,
  );
  const topology = new DefaultTopologyService({ config, logger, endpoints: service, host: mockServices.rootHost() });
  const ownUrl = 'http://127.0.0.1:7007';
  return { topology, discovery: new DefaultDiscoveryService({ config, topology, endpoints: service, ownUrl }) };
}

describe('a target of the form http+srv://name', () => {
  it('leads to the processes of the name, in the proportion of their weights', async () => {
    const { discovery } = await discover([{ target: `http+srv://${NAME}/api/{{pluginId}}`, plugins: ['*'] }]);
    const urls = await Promise.all(Array.from({ length: 200 }, () => discovery.getBaseUrl('todo')));
    expect([...new Set(urls)].sort()).toEqual([
      'http://one.internal:7008/api/todo',
      'http://two.internal:7009/api/todo',
    ]);
    // Three to one. That it comes out the other way round is less likely than 1 in 10^12.
    const share = urls.filter((url) => url.includes('two')).length;
    expect(share).toBeGreaterThan(100);
    expect(await discovery.getBaseUrl('digest')).toMatch(/:700[89]\/api\/digest$/);
  });

  it('is for processes only; users come to the host', async () => {
    const { discovery } = await discover([{ target: URL_OF_TODO, plugins: ['todo'] }]);
    expect(await discovery.getExternalBaseUrl('todo')).toBe('http://127.0.0.1:7007/api/todo');
    expect(dns.questions).toEqual([]);
  });

  it('has no addresses before the DNS was asked, and then the last ones', async () => {
    const { topology } = await discover([{ target: { internal: URL_OF_TODO }, plugins: ['todo'] }]);
    const location = topology.locate('todo')!;
    expect(location).toMatchObject({ type: 'remote', process: NAME, baseUrls: [] });
    const resolved = await (location as { resolve(): Promise<readonly string[]> }).resolve();
    expect(resolved.at(-1)).toBe('http://spare.internal:7010/api/todo');
    expect([...(location as { baseUrls: readonly string[] }).baseUrls].sort()).toEqual([...resolved].sort());
  });

  it('may stand for https', async () => {
    expect(await createResolver({ random: () => 0 }).resolve(`https+srv://${NAME}`)).toEqual([
      'https://one.internal:7008',
      'https://two.internal:7009',
      'https://spare.internal:7010',
    ]);
  });

  it.each(['http+srv://name:80/x', 'http+srv://me@name', 'http+srv://name?x', 'http+srv:///x'])(
    'is refused if it is more than a name and a path: %s',
    async (target) => {
      await expect(discover([{ target, plugins: ['todo'] }])).rejects.toMatchObject({ code: 'ERR_DISCOVERY_CONFIG' });
    },
  );

  it('needs servers that are addresses', async () => {
    await expect(discover([], ['dns.internal'])).rejects.toMatchObject({
      code: 'ERR_CONFIG_VALUE',
      message: expect.stringContaining('discovery.dnsServers'),
    });
  });
});

describe('the DNS', () => {
  it('is asked once for all who ask at the same time', async () => {
    const resolver = createResolver({ maxAge: 0 });
    await Promise.all([resolver.resolve(URL_OF_TODO), resolver.resolve(URL_OF_TODO), resolver.resolve(URL_OF_TODO)]);
    expect(dns.questions).toEqual([NAME]);
  });

  it('is not asked again as long as an answer is good', async () => {
    const resolver = createResolver({ maxAge: 60_000 });
    for (let count = 0; count < 3; count++) await resolver.resolve(URL_OF_TODO);
    expect(dns.questions).toEqual([NAME]);
  });

  it('is not asked in a storm for a name that it does not know', async () => {
    dns.zone.set(NAME, 'NXDOMAIN');
    const resolver = createResolver({ maxAge: 60_000 });
    for (let count = 0; count < 3; count++) {
      await expect(resolver.resolve(URL_OF_TODO)).rejects.toMatchObject({ code: 'ERR_DISCOVERY_SRV' });
    }
    expect(new Set(dns.questions)).toEqual(new Set([NAME]));
    const asked = dns.questions.length;
    await expect(resolver.resolve(URL_OF_TODO)).rejects.toMatchObject({ code: 'ERR_DISCOVERY_SRV' });
    expect(dns.questions).toHaveLength(asked);
  });

  it('is believed again when it knows a name after all', async () => {
    const resolver = createResolver({ maxAge: 0 });
    const records = dns.zone.get(NAME)!;
    dns.zone.set(NAME, 'NXDOMAIN');
    await expect(resolver.resolve(URL_OF_TODO)).rejects.toMatchObject({ code: 'ERR_DISCOVERY_SRV' });
    dns.zone.set(NAME, records);
    expect(await resolver.resolve(URL_OF_TODO)).toHaveLength(3);
  });

  it('is asked again afterwards', async () => {
    const resolver = createResolver({ maxAge: 0 });
    await resolver.resolve(URL_OF_TODO);
    dns.zone.set(NAME, [{ name: 'moved.internal', port: 1, priority: 0, weight: 0 }]);
    expect(await resolver.resolve(URL_OF_TODO)).toEqual(['http://moved.internal:1/api/todo']);
  });

  it.each(['SERVFAIL', 'NXDOMAIN'] as const)('may fail for a while: what it said last holds (%s)', async (failure) => {
    const resolver = createResolver({ maxAge: 0, random: () => 0 });
    const before = await resolver.resolve(URL_OF_TODO);
    dns.zone.set(NAME, failure);
    expect(await resolver.resolve(URL_OF_TODO)).toEqual(before);
    expect(logger.lines).toMatchObject([{ level: 'warn', message: expect.stringContaining(NAME) }]);
  });

  it.each<['NXDOMAIN' | 'SERVFAIL' | []]>([['NXDOMAIN'], ['SERVFAIL'], [[]]])(
    'must have known the name at least once: %j',
    async (answer) => {
      dns.zone.set(NAME, answer);
      await expect(createResolver().resolve(URL_OF_TODO)).rejects.toMatchObject({
        code: 'ERR_DISCOVERY_SRV',
        statusCode: 503,
      });
    },
  );

  it('may say that there is no process', async () => {
    dns.zone.set(NAME, [{ name: '.', port: 0, priority: 0, weight: 0 }]);
    await expect(createResolver().resolve(URL_OF_TODO)).rejects.toMatchObject({ code: 'ERR_DISCOVERY_SRV' });
  });
});
