import { describeType, wrongTypeProblem, type Config, type ConfigPlace } from '@bulkhead/config';
import type { Problem } from '@bulkhead/errors';
import type { JsonObject, JsonValue } from '@bulkhead/types';
import { companionOf } from '../root-config/config-companion.ts';
import { badProcessName, baseUrlOrReplicas, idleProcess } from './errors.ts';
import { OverlapFinder } from './overlap-finder.ts';
import { readListen } from './read-listen.ts';
import { readBaseUrl } from './read-base-url.ts';
import type { Topology, TopologyProcess, TopologyReplica } from './topology.ts';

/** What there is to say about a topology. */
export interface TopologyReading {
  /** `undefined` without one, and with one that cannot be used. */
  readonly topology: Topology | undefined;
  /** What is known of the places of plugins, also in a faulty one; `undefined` where not all of them can be read. */
  readonly placement: Topology | undefined;
  /** Everything that is wrong with it, as far as that can be told without knowing the plugins of the host. */
  readonly problems: readonly Problem[];
}

/** Gathers what is wrong, each with its place in a file where that is known. */
export interface TopologyProblems {
  /** The place of a key, or of the nearest thing around it. */
  at(path: readonly string[]): ConfigPlace;
  add(problem: Problem): void;
}

/** What may be the name of a process: it becomes part of command lines, log lines and, often, host names. */
const NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/i;

/**
 * Reads `topology`. What breaks its schema is told in the words of the check of the schema, so that whoever runs both
 * hears it once.
 */
export function readTopology(config: Config): TopologyReading {
  const value = config.getOptional('topology');
  if (value === undefined) return { topology: undefined, placement: undefined, problems: [] };
  const problems: Problem[] = [];
  const reader = new TopologyReader({
    at: placesIn(config),
    add: (problem) => void problems.push(problem),
    speaksHttps: (config.getOptional('backend.https') ?? false) !== false,
  });
  const topology = { processes: reader.read(value) };
  return {
    topology: problems.length === 0 ? topology : undefined,
    placement: reader.knowsPlugins ? topology : undefined,
    problems,
  };
}

/** Finds the place of a key in the files, or of the nearest thing around it. */
export function placesIn(config: Config): (path: readonly string[]) => ConfigPlace {
  const lookUp = companionOf(config)?.sourceOf;
  return (path) => {
    for (let length = path.length; lookUp && length > 0; length--) {
      const source = lookUp(path.slice(0, length));
      if (source) return { path, source };
    }
    return { path };
  };
}

/** What reading needs besides the value. */
export interface TopologyContext extends TopologyProblems {
  /** Whether the server of the host has a certificate. */
  readonly speaksHttps: boolean;
}

class TopologyReader {
  readonly #context: TopologyContext;
  readonly #overlaps: OverlapFinder;
  /** Whether the plugins of all processes could be read. */
  knowsPlugins = true;

  constructor(context: TopologyContext) {
    this.#context = context;
    this.#overlaps = new OverlapFinder(context);
  }

  read(value: JsonValue): readonly TopologyProcess[] {
    const path = ['topology'];
    if (!isObject(value)) {
      this.knowsPlugins = false;
      this.#wrongType(path, 'an object', value);
      return [];
    }
    return Object.entries(value).flatMap(([name, entry]) =>
      entry === undefined ? [] : (this.#readProcess([...path, name], name, entry) ?? []),
    );
  }

  #readProcess(path: readonly string[], name: string, entry: JsonValue): TopologyProcess | undefined {
    const { at, add } = this.#context;
    if (!NAME.test(name)) add(badProcessName(at(path), name));
    if (!isObject(entry)) {
      this.knowsPlugins = false;
      this.#wrongType(path, 'an object', entry);
      return undefined;
    }
    const plugins = this.#readPlugins([...path, 'plugins'], name, entry.plugins);
    const forwards = this.#readForwards([...path, 'forwards'], entry.forwards);
    if (plugins?.length === 0 && forwards === false) add(idleProcess(at(path), name));
    const replicas = this.#readReplicas(path, name, entry);
    return { name, plugins: plugins ?? [], forwards: forwards === true, replicas };
  }

  #readPlugins(path: readonly string[], name: string, value: JsonValue | undefined): readonly string[] | undefined {
    const plugins = value === undefined ? [] : this.#readStrings(path, value);
    for (const [index, pluginId] of plugins?.entries() ?? []) {
      if (pluginId !== undefined) this.#overlaps.addPlugin([...path, String(index)], pluginId, name);
    }
    this.knowsPlugins &&= plugins?.every((pluginId) => pluginId !== undefined) ?? false;
    return plugins?.filter((pluginId) => pluginId !== undefined);
  }

  #readReplicas(path: readonly string[], name: string, { baseUrl, replicas, listen }: JsonObject): TopologyReplica[] {
    const { at, add } = this.#context;
    const isEmpty = Array.isArray(replicas) && replicas.length === 0;
    if (baseUrl !== undefined && replicas !== undefined) add(baseUrlOrReplicas(at(path), name, 'both'));
    else if (baseUrl === undefined && (replicas === undefined || isEmpty)) {
      add(baseUrlOrReplicas(at(path), name, 'neither'));
    }
    const single = this.#readUrl([...path, 'baseUrl'], name, baseUrl);
    if (replicas === undefined) return readListen({ urls: [single], listen, path, isSingle: true }, this.#context);
    const texts = this.#readStrings([...path, 'replicas'], replicas) ?? [];
    const urls = texts.map((text, index) => this.#readUrl([...path, 'replicas', String(index)], name, text));
    return readListen({ urls, listen, path, isSingle: false }, this.#context);
  }

  #readUrl(path: readonly string[], name: string, value: JsonValue | undefined): URL | undefined {
    if (value === undefined) return undefined;
    if (typeof value !== 'string') {
      this.#wrongType(path, 'a string', value);
      return undefined;
    }
    const url = readBaseUrl(path, value, this.#context);
    if (url) this.#overlaps.addUrl(path, url, name);
    return url;
  }

  #readForwards(path: readonly string[], value: JsonValue | undefined): boolean | undefined {
    if (value === undefined) return false;
    if (typeof value === 'boolean') return value;
    this.#wrongType(path, 'a boolean', value);
    return undefined;
  }

  /** A list of strings with gaps for what is none. */
  #readStrings(path: readonly string[], value: JsonValue): readonly (string | undefined)[] | undefined {
    if (!Array.isArray(value)) {
      this.#wrongType(path, 'a list', value);
      return undefined;
    }
    return value.map((item, index) => {
      if (typeof item === 'string') return item;
      this.#wrongType([...path, String(index)], 'a string', item);
      return undefined;
    });
  }

  #wrongType(path: readonly string[], expected: string, value: JsonValue): void {
    const { at, add } = this.#context;
    add(wrongTypeProblem(at(path), expected, describeType(value)));
  }
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
