import { setImmediate as turn } from 'node:timers/promises';
import { nearestName, type Problem, type ProblemSource } from '@bulkhead/errors';
import { missingKeyProblem } from '@bulkhead/config';
import type { JsonObject, JsonValue } from '@bulkhead/types';
import { badSchema, deprecatedKey, invalidPackages, unknownSection } from '../errors.ts';
import { locate, sourceOf, type LocatedObject } from '../tree/located-tree.ts';
import type { ConfigSchema } from './config-schema.ts';
import type { SchemaNode } from './schema-node.ts';
import { isForeignKey } from './foreign-sections.ts';
import type { SectionFaults, SectionValidator } from './section-validator.ts';
import { translateFaults, type TranslationContext } from './translate-faults.ts';
import { visitConfig } from './visit-config.ts';

/** What a check found. */
export interface ConfigReport {
  /** What must be mended before a host can run. */
  readonly problems: readonly Problem[];
  /** What a host can live with. */
  readonly warnings: readonly Problem[];
}

/** What is checked. */
export interface CheckedConfig {
  readonly tree: LocatedObject;
  readonly data: JsonObject;
  /** Whether parts could not be read, so that nobody can say what is missing. */
  readonly incomplete: boolean;
}

/** How much is checked. */
export interface ValidationScope {
  /**
   * Leaves what packages made for Backstage describe to {@link checkForeignSections}: such schemas are many, nothing that
   * breaks them keeps a host from starting, and compiling them takes as long as some plugins do.
   */
  readonly withoutForeign?: boolean;
}

const validators = new WeakMap<ConfigSchema, Promise<SectionValidator>>();

/**
 * Checks a configuration against the schemas of its host: everything that is wrong, in the order of the keys.
 *
 * What could not be read is passed over: that has been reported already.
 */
export async function validateTree(
  config: CheckedConfig,
  schema: ConfigSchema,
  { withoutForeign = false }: ValidationScope = {},
): Promise<ConfigReport> {
  const { data } = config;
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  const absent = schema.expected.filter((key) => !Object.hasOwn(data, key));
  for (const key of [...Object.keys(data), ...absent]) {
    const section = schema.sections.get(key);
    if (section) {
      const faults = await validateSection(config, schema, { key, section });
      problems.push(...translateFaults(faults, { ...contextOf(config, key), ...toleranceOf(schema, key, warnings) }));
    } else if (!withoutForeign) {
      warnings.push(...(await checkForeignSection(config, schema, key)));
    }
  }
  const missing = schema.required
    .filter((key) => !Object.hasOwn(data, key))
    .map((key) => missingKeyProblem({ path: [key] }));
  return {
    problems: ofKnown(config, [...problems, ...missing]),
    warnings: [...findUnknownSections(config, schema), ...ofKnown(config, warnings), ...findDeprecated(config, schema)],
  };
}

/** What does not fit the schemas of packages made for Backstage. In steps, so that a host that is up answers meanwhile. */
export async function checkForeignSections(config: CheckedConfig, schema: ConfigSchema): Promise<readonly Problem[]> {
  const warnings: Problem[] = [];
  for (const key of Object.keys(config.data)) {
    if (schema.sections.has(key) || !schema.foreign?.has(key)) continue;
    await turn();
    warnings.push(...(await checkForeignSection(config, schema, key)));
  }
  return ofKnown(config, warnings);
}

interface NamedSection {
  readonly key: string;
  readonly section: SchemaNode;
}

async function validateSection(
  { data }: CheckedConfig,
  schema: ConfigSchema,
  { key, section }: NamedSection,
): Promise<SectionFaults> {
  const validator = await validatorFor(schema);
  try {
    return validator.validate(Object.hasOwn(data, key) ? data[key]! : {}, section);
  } catch (error) {
    throw invalidPackages([unusableSchema(key, section, error)]);
  }
}

function contextOf({ data, tree }: CheckedConfig, key: string): TranslationContext {
  return {
    key,
    sourceOf: (path) => placeOf(tree, path),
    valueAt: (path) => path.reduce<unknown>((value, part) => (value as JsonObject | undefined)?.[part], data),
  };
}

/** Sections whose schemas say all that can stand in them, besides what packages made for Backstage describe. */
const SECTIONS_OF_HOST = ['backend', 'discovery', 'topology'];

/**
 * In a section that packages made for Backstage read, too, a key that only they describe is none of ours, and one that
 * nobody describes may be read all the same. What looks like one of our keys is still taken for a slip.
 */
function toleranceOf(
  { foreign }: ConfigSchema,
  key: string,
  warnings: Problem[],
): Pick<TranslationContext, 'tolerates'> {
  if (!foreign?.has(key)) return {};
  return {
    tolerates(problem, nearest) {
      if (isForeignKey(foreign, problem.path!)) return true;
      if (nearest !== undefined || SECTIONS_OF_HOST.includes(key)) return false;
      warnings.push(problem);
      return true;
    },
  };
}

/** What does not fit the schemas that were made for Backstage, which keep nobody from starting there. */
async function checkForeignSection(
  config: CheckedConfig,
  schema: ConfigSchema,
  key: string,
): Promise<readonly Problem[]> {
  const found = new Map<string, Problem>();
  for (const section of schema.foreign?.get(key) ?? []) {
    const faults = faultsIfAny(await validatorFor(schema), config.data[key]!, section);
    const owner = section['x-packages']?.[0];
    for (const problem of faults ? translateFaults(faults, contextOf(config, key)) : []) {
      const hint = problem.hint ?? (owner && `${owner} describes it so.`);
      found.set(`${problem.path?.join('\0')} ${problem.message}`, { ...problem, ...(hint && { hint }) });
    }
  }
  return [...found.values()];
}

/** A schema that makes no sense checks nothing, as in Backstage. */
function faultsIfAny(validator: SectionValidator, data: JsonValue, section: SchemaNode): SectionFaults | undefined {
  try {
    return validator.validate(data, section, true);
  } catch {
    return undefined;
  }
}

/** A host without schemas loads no validator. */
function validatorFor(schema: ConfigSchema): Promise<SectionValidator> {
  const loading =
    validators.get(schema) ?? import('./section-validator.ts').then((module) => new module.SectionValidator());
  validators.set(schema, loading);
  return loading;
}

function unusableSchema(key: string, section: SchemaNode, error: unknown): Problem {
  const owners = section['x-packages']?.join(' and ') ?? 'a package';
  return badSchema(`The schema of ${owners} for '${key}'`, (error as Error).message);
}

/** The place of what stands at a path, or else of the nearest thing around it. */
function placeOf(tree: LocatedObject, path: readonly string[]): ProblemSource | undefined {
  for (let length = path.length; length > 0; length--) {
    const source = sourceOf(tree, path.slice(0, length));
    if (source) {
      return source;
    }
  }
  return undefined;
}

/** Without what is said of parts that could not be read. */
function ofKnown({ tree, incomplete }: CheckedConfig, problems: readonly Problem[]): readonly Problem[] {
  return problems.filter(
    ({ code, path = [] }) => !(incomplete && code === 'ERR_CONFIG_MISSING') && !leadsToUnresolved(tree, path),
  );
}

function leadsToUnresolved(tree: LocatedObject, path: readonly string[]): boolean {
  return path.some((_, index) => locate(tree, path.slice(0, index + 1))?.node.type === 'unresolved');
}

/**
 * Packages made for Backstage read keys that no schema has, so there only what looks like a slip is worth a word. The
 * id of a plugin in camel case is none: `mcp-actions` reads `mcpActions`.
 */
function findUnknownSections({ data, tree }: CheckedConfig, { known, foreign }: ConfigSchema): readonly Problem[] {
  return Object.keys(data)
    .filter((key) => !known.has(key))
    .flatMap((key) => {
      const nearest = nearestName(key, known);
      return foreign && (nearest === undefined || inCamelCase(nearest) === key)
        ? []
        : unknownSection({ path: [key], source: placeOf(tree, [key]) }, nearest);
    });
}

function inCamelCase(id: string): string {
  return id.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function findDeprecated({ data, tree }: CheckedConfig, schema: ConfigSchema): readonly Problem[] {
  const found: Problem[] = [];
  visitConfig(data, schema, ({ path, schemas }) => {
    const deprecated = schemas.map((node) => node.deprecated).find(Boolean);
    if (deprecated !== undefined && deprecated !== false) {
      const advice = typeof deprecated === 'string' ? deprecated : undefined;
      found.push(deprecatedKey({ path, source: placeOf(tree, path) }, advice));
    }
  });
  return found;
}
