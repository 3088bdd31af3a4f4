import { validateConfig, type ConfigSchema } from '@bulkhead/config-loader';
import type { Problem } from '@bulkhead/errors';
import type { JsonObject } from '@bulkhead/types';
import { parse } from 'yaml';
import type { ConfigFacts } from './config-rule.ts';
import { CONFIG_RULES } from './config-rules.ts';
import { badSyntax } from './errors.ts';
import type { Findings } from './migration-plan.ts';
import { YamlFile } from './yaml-file.ts';

/** What may stand in the configuration of the host. */
export interface ConfigKnowledge {
  readonly schema: ConfigSchema;
  /** Collects what the files tell of the host's dependencies. */
  readonly facts: ConfigFacts;
  readonly findings: Findings;
}

/** Brings a file of the configuration into the form of the new host, and holds the result against its schemas. */
export async function migrateConfig(
  name: string,
  text: string,
  { schema, facts, findings }: ConfigKnowledge,
): Promise<string> {
  const file = new YamlFile(name, text);
  if (file.errors.length > 0) {
    findings.problems.push(...file.errors.map(({ message, offset }) => badSyntax(message, file.place(offset))));
    return text;
  }
  const refusedBefore = findings.problems.length;
  for (const rule of CONFIG_RULES) rule({ file, findings, facts, isKnown: (path) => isKnown(schema, path) });
  const refused = findings.problems.slice(refusedBefore).map(({ path = [] }) => path);
  const { edited } = file;
  for (const problem of await check(edited, schema)) {
    const { path = [] } = problem;
    if (!refused.some((known) => isWithin(path, known))) findings.problems.push({ ...problem, source: file.at(path) });
  }
  return edited;
}

/** What the host would refuse. Values that are only known when it starts are passed over. */
async function check(text: string, schema: ConfigSchema): Promise<readonly Problem[]> {
  const data = (parse(text, { logLevel: 'silent' }) ?? {}) as JsonObject;
  const unknown = [...unknownPaths(data, []), ['backend', 'workingDirectory']];
  const { problems } = await validateConfig(data, schema);
  return problems.filter(({ path }) => path && !unknown.some((each) => isWithin(path, each)));
}

/** Paths of values that stand for others: `${VARIABLE}`, `$file`, `$include`, `$env`. */
function* unknownPaths(value: unknown, path: readonly string[]): Iterable<readonly string[]> {
  if (typeof value === 'string' && value.includes('${')) yield path;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (key.startsWith('$')) yield path;
    else yield* unknownPaths(inner, [...path, key]);
  }
}

function isWithin(path: readonly string[], around: readonly string[]): boolean {
  return around.every((part, index) => path[index] === part);
}

function isKnown({ sections }: ConfigSchema, [key = '', ...path]: readonly string[]): boolean {
  return path.reduce((node, part) => node?.properties?.[part], sections.get(key)) !== undefined;
}
