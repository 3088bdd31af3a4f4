import { formatSource, type ProblemSource } from '@bulkhead/errors';
import { formatConfigPath } from '@bulkhead/config';
import type { JsonObject, JsonValue } from '@bulkhead/types';
import type { ConfigSchema } from '../schema/config-schema.ts';
import { redactConfig } from '../schema/secrets.ts';

/** How {@link printConfig} prints. */
export interface PrintOptions {
  /** `text`: one line for each value. Default: `yaml`. */
  readonly format?: 'text' | 'yaml' | 'json';
  /** Say where each value comes from: a comment in text and YAML, `{ config, sources }` in JSON. Default: no. */
  readonly withSources?: boolean;
  /** Says which values are secret; without it, only what its name gives away is hidden. */
  readonly schema?: ConfigSchema;
}

/** What is printed. `LoadedConfig` is one. */
export interface PrintableConfig {
  readonly data: JsonObject;
  sourceOf(path: readonly string[]): ProblemSource | undefined;
}

/** The configuration as text, with `***` in place of secrets, ending in a line break. */
export async function printConfig(config: PrintableConfig, options: PrintOptions = {}): Promise<string> {
  const { format = 'yaml', withSources = false, schema } = options;
  const data = redactConfig(config.data, schema);
  const leaves = withSources || format === 'text' ? listLeaves(data) : [];
  if (format === 'json') {
    const sources = Object.fromEntries(leaves.map(({ path }) => [formatConfigPath(path), place(config, path)]));
    return `${JSON.stringify(withSources ? { config: data, sources } : data, null, 2)}\n`;
  }
  if (format === 'text') {
    const lines = leaves.map(({ path, value }) => `${formatConfigPath(path)} = ${JSON.stringify(value)}`);
    return align(lines, withSources ? leaves.map(({ path }) => place(config, path)) : []);
  }
  const yaml = await import('yaml');
  const document = new yaml.Document(data);
  for (const { path } of leaves) {
    const node = document.getIn(path, true);
    if (yaml.isCollection(node)) {
      node.flow = true;
    }
    if (yaml.isNode(node)) {
      node.comment = ` ${place(config, path)}`;
    }
  }
  return Object.keys(data).length === 0 ? '{}\n' : document.toString({ lineWidth: 0 });
}

interface Leaf {
  readonly path: readonly string[];
  readonly value: JsonValue;
}

/** What has nothing in it: plain values, empty objects and lists. */
function listLeaves(value: JsonValue, path: readonly string[] = []): readonly Leaf[] {
  const children = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  if (children.length === 0) {
    return path.length === 0 ? [] : [{ path, value }];
  }
  return children.flatMap(([key, child]) => listLeaves(child!, [...path, key]));
}

function place(config: PrintableConfig, path: readonly string[]): string {
  const source = config.sourceOf(path);
  return source ? formatSource(source) : 'unknown';
}

function align(lines: readonly string[], comments: readonly string[]): string {
  const width = Math.min(60, Math.max(0, ...lines.map((line) => line.length)));
  const commented = lines.map((line, index) =>
    comments[index] === undefined ? line : `${line.padEnd(width)}  # ${comments[index]}`,
  );
  return commented.map((line) => `${line}\n`).join('');
}
