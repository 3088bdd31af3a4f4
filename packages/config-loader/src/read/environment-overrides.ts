import { isConfigKeyPart } from '@bulkhead/config';
import type { Problem, ProblemSource } from '@bulkhead/errors';
import { badOverride } from '../errors.ts';
import { locate, MAX_DEPTH, type LocatedEntry, type LocatedNode, type LocatedObject } from '../tree/located-tree.ts';
import { mergeTrees } from '../tree/merge.ts';

const PREFIX = 'APP_CONFIG_';

/** What the environment sets, as a tree. */
export interface EnvironmentOverrides {
  readonly tree: LocatedObject;
  readonly problems: readonly Problem[];
}

/**
 * Reads `APP_CONFIG_a_b_c=value` as the key `a.b.c`. The value is JSON if it can be, else a string; `null` removes
 * the key.
 */
export function readEnvironmentOverrides(env: NodeJS.ProcessEnv): EnvironmentOverrides {
  const problems: Problem[] = [];
  let tree: LocatedObject = { type: 'object', entries: new Map(), source: { file: 'the environment' } };
  // Sorted, so that what is set as a whole comes before its parts, and the result does not depend on the order.
  for (const name of Object.keys(env).sort()) {
    const value = env[name];
    if (!name.startsWith(PREFIX) || value === undefined) {
      continue;
    }
    const parts = name.slice(PREFIX.length).split('_');
    if (!parts.every(isConfigKeyPart)) {
      problems.push(badOverride(name, 'does not name a configuration key'));
      continue;
    }
    if (barredWay(tree, parts)) {
      problems.push(badOverride(name, 'sets a key inside something that another variable sets to a plain value'));
      continue;
    }
    const parsed = parseValue(value);
    if (parts.length > MAX_DEPTH || isDeeper(parsed, MAX_DEPTH)) {
      const what = parts.length > MAX_DEPTH ? 'sets a key that' : 'has a value that';
      problems.push(badOverride(name, `${what} is nested too deeply`));
      continue;
    }
    const source: ProblemSource = { file: `environment variable ${name}` };
    tree = mergeTrees(tree, wrap(parts, toLocated(parsed, source), source));
  }
  return { tree, problems };
}

/** Whether a shorter key already has a value that is no object. */
function barredWay(tree: LocatedObject, parts: readonly string[]): boolean {
  return parts.some((_, length) => {
    const located = locate(tree, parts.slice(0, length));
    return located !== undefined && located.node.type !== 'object';
  });
}

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** Whether a value has more than so many levels. */
function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}

function wrap(parts: readonly string[], node: LocatedNode, source: ProblemSource): LocatedObject {
  const wrapped = parts.reduceRight<LocatedNode>(
    (inner, part) => ({ type: 'object', entries: new Map([[part, { keySource: source, node: inner }]]), source }),
    node,
  );
  return wrapped as LocatedObject;
}

function toLocated(value: unknown, source: ProblemSource): LocatedNode {
  if (Array.isArray(value)) {
    return { type: 'list', items: value.map((item) => toLocated(item, source)), source };
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, inner]): [string, LocatedEntry] => [
      key,
      { keySource: source, node: toLocated(inner, source) },
    ]);
    return { type: 'object', entries: new Map(entries), source };
  }
  return { type: 'scalar', value: value as string | number | boolean | null, source };
}
