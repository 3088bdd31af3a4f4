import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigReader } from '@bulkhead/config';
import { discoverPackages, loadConfig, loadConfigSchema } from '@bulkhead/config-loader';
import { formatProblem, type Problem } from '@bulkhead/errors';
import type { JsonObject, JsonValue } from '@bulkhead/types';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { attachCompanion } from '../root-config/config-companion.ts';
import { readTopology } from './read-topology.ts';
import { doorOf, processOf } from './topology.ts';

const read = (topology: JsonValue, rest: JsonObject = {}) => readTopology(new ConfigReader({ topology, ...rest }));
const codesOf = (topology: JsonValue, rest?: JsonObject): string[] =>
  read(topology, rest).problems.map(({ code }) => code);

const ONE = { baseUrl: 'http://127.0.0.1:7008', plugins: ['todo'] };

describe('a topology', () => {
  it('may be left out', () => {
    expect(readTopology(new ConfigReader({}))).toEqual({ topology: undefined, placement: undefined, problems: [] });
  });

  it('says where everything is', () => {
    const { topology } = read({
      edge: { baseUrl: 'http://127.0.0.1:7007/', forwards: true },
      todo: { replicas: ['http://127.0.0.1:7008', 'http://[::1]:7009'], plugins: ['todo', 'chores'] },
      far: { baseUrl: 'HTTP://Digest.Internal', plugins: ['digest'] },
    });
    expect(topology!.processes).toEqual([
      {
        name: 'edge',
        plugins: [],
        forwards: true,
        replicas: [{ baseUrl: 'http://127.0.0.1:7007', listen: { host: '127.0.0.1', port: 7007 } }],
      },
      {
        name: 'todo',
        plugins: ['todo', 'chores'],
        forwards: false,
        replicas: [
          { baseUrl: 'http://127.0.0.1:7008', listen: { host: '127.0.0.1', port: 7008 } },
          { baseUrl: 'http://[::1]:7009', listen: { host: '::1', port: 7009 } },
        ],
      },
      {
        name: 'far',
        plugins: ['digest'],
        forwards: false,
        replicas: [{ baseUrl: 'http://digest.internal', listen: { host: '::', port: 80 } }],
      },
    ]);
    expect(doorOf(topology!)).toBe('http://127.0.0.1:7007');
    expect(processOf(topology!, 'chores')?.name).toBe('todo');
    expect(processOf(topology!, 'other')).toBeUndefined();
  });

  it('has its processes listen where they are told to', () => {
    const { topology } = read({
      a: { baseUrl: 'https://a.example.com', listen: 8080, plugins: ['a'] },
      b: { replicas: ['http://b1:80', 'http://b2:80'], listen: '*:8080', plugins: ['b'] },
      c: { replicas: ['http://c:81', 'http://c:82'], listen: [{ port: 8081 }, '0.0.0.0:8082'], plugins: ['c'] },
    });
    expect(topology!.processes.flatMap(({ replicas }) => replicas.map(({ listen }) => listen))).toEqual([
      { host: '127.0.0.1', port: 8080 },
      { host: '::', port: 8080 },
      { host: '::', port: 8080 },
      { host: '127.0.0.1', port: 8081 },
      { host: '0.0.0.0', port: 8082 },
    ]);
  });
});

describe('a faulty topology', () => {
  it.each<[string, JsonObject, string]>([
    ['a name that is no name', { 'a b': ONE }, 'ERR_TOPOLOGY_PROCESS_NAME'],
    ['no URL', { todo: { plugins: ['todo'] } }, 'ERR_TOPOLOGY_BASE_URL'],
    ['no replica', { todo: { replicas: [], plugins: ['todo'] } }, 'ERR_TOPOLOGY_BASE_URL'],
    ['URL and replicas', { todo: { ...ONE, replicas: ['http://127.0.0.1:7009'] } }, 'ERR_TOPOLOGY_BASE_URL'],
    ['nothing to do', { todo: { baseUrl: ONE.baseUrl, plugins: [] } }, 'ERR_TOPOLOGY_IDLE_PROCESS'],
    ['nothing named', { todo: { baseUrl: ONE.baseUrl } }, 'ERR_TOPOLOGY_IDLE_PROCESS'],
    ['a plugin twice', { todo: { ...ONE, plugins: ['todo', 'todo'] } }, 'ERR_TOPOLOGY_PLUGIN_TWICE'],
    ['one port', { a: ONE, b: { ...ONE, plugins: ['b'] } }, 'ERR_TOPOLOGY_SAME_ADDRESS'],
    [
      'one port by two names',
      { a: ONE, b: { baseUrl: 'http://localhost:7008', forwards: true } },
      'ERR_TOPOLOGY_SAME_ADDRESS',
    ],
    [
      'one port by default',
      { a: { replicas: ['http://a', 'http://a:80'], plugins: ['a'] } },
      'ERR_TOPOLOGY_SAME_ADDRESS',
    ],
    ['two schemes', { a: { replicas: ['http://a', 'https://b'], plugins: ['a'] } }, 'ERR_TOPOLOGY_URL'],
    ['https without certificate', { a: { baseUrl: 'https://a', plugins: ['a'] } }, 'ERR_TOPOLOGY_LISTEN'],
    ['too few places', { a: { ...ONE, listen: [1, 2] } }, 'ERR_TOPOLOGY_LISTEN'],
    ['a place that is none', { a: { ...ONE, listen: 'here' } }, 'ERR_TOPOLOGY_LISTEN'],
    ['any port', { a: { ...ONE, listen: 0 } }, 'ERR_TOPOLOGY_LISTEN'],
  ])('is refused: %s', (_, topology, code) => {
    const { problems, topology: usable } = read(topology);
    expect(problems.map((problem) => problem.code)).toEqual([code]);
    expect(problems[0]!.hint).toBeDefined();
    expect(usable).toBeUndefined();
  });

  it.each([
    ['127.0.0.1:7008', 'http or https'],
    ['ftp://a', 'http or https'],
    ['http+srv://a', 'http or https'],
    ['http://', 'http or https'],
    ['http://me@a', 'user or a password'],
    ['http://a/api', 'must not have a path'],
    ['http://a?b', 'must not have a path'],
    ['http://a:0', 'that others know beforehand'],
    ['http://0.0.0.0:7008', 'leads to the process'],
    ['http://[::]:7008', 'leads to the process'],
  ])('is refused: the URL %s', (baseUrl, message) => {
    const [problem, ...others] = read({ a: { ...ONE, baseUrl } }).problems;
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ code: 'ERR_TOPOLOGY_URL', path: ['topology', 'a', 'baseUrl'] });
    expect(problem!.message).toContain(message);
  });

  it('may speak https with a certificate', () => {
    expect(
      codesOf({ a: { baseUrl: 'https://a', plugins: ['a'] } }, { backend: { https: { certificate: {} } } }),
    ).toEqual([]);
  });

  it('hints at replicas where a plugin stands in two processes', () => {
    const [problem] = read({ a: ONE, b: { baseUrl: 'http://127.0.0.1:7009', plugins: ['todo'] } }).problems;
    expect(problem).toMatchObject({ code: 'ERR_TOPOLOGY_PLUGIN_TWICE', path: ['topology', 'b', 'plugins', '0'] });
    expect(problem!.message).toBe("Plugin 'todo' stands in two processes, 'a' and 'b'");
    expect(problem!.hint).toContain('`replicas`');
  });

  it('still tells where plugins are, unless that cannot be read', () => {
    expect(read({ a: { plugins: ['todo'] } }).placement?.processes).toMatchObject([{ plugins: ['todo'] }]);
    expect(read({ a: ONE, b: { plugins: 'todo' } }).placement).toBeUndefined();
    expect(read({ a: ONE, b: 1 }).placement).toBeUndefined();
    expect(read([]).placement).toBeUndefined();
  });
});

describe('the places of faults', () => {
  let dir: string;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'topology-'));
  });
  afterAll(() => rm(dir, { recursive: true }));

  async function problemsIn(yaml: string): Promise<{ ofTopology: Problem[]; ofSchema: readonly Problem[] }> {
    await writeFile(join(dir, 'app-config.yaml'), yaml);
    const schema = loadConfigSchema(discoverPackages(join(import.meta.dirname, '../../../backend-defaults')));
    const loaded = await loadConfig({ dir, env: {}, schema, onInvalid: 'collect' });
    const config = attachCompanion(loaded.config, { secrets: () => [], sourceOf: (path) => loaded.sourceOf(path) });
    return { ofTopology: [...readTopology(config).problems], ofSchema: loaded.problems };
  }

  it('are told, all at once', async () => {
    const { ofTopology, ofSchema } = await problemsIn(`topology:
  edge: { baseUrl: "http://127.0.0.1:7007/x", forwards: true }
  todo:
    replicas:
      - http://127.0.0.1:7008
      - http://127.0.0.1:7008
    plugins: [todo, chores, todo]
  9x: { plugins: [] }
`);
    const file = /^.*app-config\.yaml:/gm;
    expect(ofTopology.map((problem) => formatProblem(problem).split('\n')[0]!.replace(file, ''))).toEqual([
      "2:20: Configuration key 'topology.edge.baseUrl' must not have a path [ERR_TOPOLOGY_URL]",
      "7:29: Process 'todo' names plugin 'todo' twice [ERR_TOPOLOGY_PLUGIN_TWICE]",
      "6:9: Two replicas of process 'todo' have the same host and port [ERR_TOPOLOGY_SAME_ADDRESS]",
      "8:3: '9x' cannot be the name of a process [ERR_TOPOLOGY_PROCESS_NAME]",
      "8:3: Process '9x' runs no plugin and forwards nothing [ERR_TOPOLOGY_IDLE_PROCESS]",
      "8:3: Process '9x' has neither baseUrl nor replicas [ERR_TOPOLOGY_BASE_URL]",
    ]);
    expect(ofSchema).toEqual([]);
  });

  it.each([
    'topology: 1',
    'topology: [edge]',
    'topology: { edge: here }',
    'topology: { edge: { baseUrl: 7, forwards: true } }',
    'topology: { edge: { baseUrl: "http://a", forwards: maybe } }',
    'topology: { edge: { baseUrl: "http://a", plugins: todo } }',
    'topology: { edge: { baseUrl: "http://a", plugins: [1, todo] } }',
    'topology: { edge: { replicas: "http://a", plugins: [todo] } }',
    'topology: { edge: { replicas: [1, "http://a"], plugins: [todo] } }',
  ])('are told in the words of the schema, so that nobody hears of them twice: %s', async (yaml) => {
    const { ofTopology, ofSchema } = await problemsIn(yaml);
    expect(ofSchema).toHaveLength(1);
    expect(JSON.stringify(ofTopology)).toBe(JSON.stringify(ofSchema));
  });
});

describe('any topology', () => {
  const id = fc.constantFrom('todo', 'digest', 'search', 'auth', 'chores');
  const url = fc.oneof(
    fc
      .tuple(fc.constantFrom('http', 'https'), fc.constantFrom('127.0.0.1', 'localhost', 'a', '[::1]'), fc.nat(3))
      .map(([scheme, host, port]) => `${scheme}://${host}:${7007 + port}`),
    fc.string(),
  );
  const loose = fc.jsonValue({ maxDepth: 1 }) as fc.Arbitrary<JsonValue>;
  const entry = fc.record<Record<string, JsonValue>>(
    {
      baseUrl: fc.oneof({ weight: 5, arbitrary: url }, loose),
      replicas: fc.oneof({ weight: 5, arbitrary: fc.array(url, { maxLength: 3 }) }, loose),
      plugins: fc.oneof({ weight: 5, arbitrary: fc.array(id, { maxLength: 3 }) }, loose),
      forwards: fc.oneof({ weight: 5, arbitrary: fc.boolean() }, loose),
      listen: fc.oneof(fc.constantFrom<JsonValue>(8080, '*:8080', [8080, 8081]), loose),
    },
    { requiredKeys: [] },
  );
  const names = fc.constantFrom('edge', 'todo', 'work-er', 'a b', '9');

  it('either makes sense or is faulty', () => {
    fc.assert(
      fc.property(fc.dictionary(names, entry, { maxKeys: 4 }), (value) => {
        const { topology, problems } = read(value);
        expect(topology === undefined).toBe(problems.length > 0);
        const processes = topology?.processes ?? [];
        const plugins = processes.flatMap((process) => process.plugins);
        const urls = processes.flatMap(({ replicas }) => replicas.map(({ baseUrl }) => baseUrl));
        expect(new Set(plugins).size).toBe(plugins.length);
        expect(new Set(urls).size).toBe(urls.length);
        for (const process of processes) {
          expect(process.replicas.length).toBeGreaterThan(0);
          expect(process.forwards || process.plugins.length > 0).toBe(true);
          for (const { baseUrl, listen } of process.replicas) {
            expect(new URL(baseUrl).origin).toBe(baseUrl);
            expect(listen.port).toBeGreaterThan(0);
          }
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('is never taken for another by the order of its processes', () => {
    fc.assert(
      fc.property(fc.dictionary(names, entry, { maxKeys: 4 }), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        expect(codesOf(reversed as JsonObject).sort()).toEqual(codesOf(value).sort());
      }),
    );
  });
});
