import { nearestName, type Problem, type ProblemSource } from '@bulkhead/errors';
import { missingKeyProblem } from '@bulkhead/config';
import type { JsonObject } from '@bulkhead/types';
import { badSchema, deprecatedKey, invalidPackages, unknownSection } from '../errors.ts';
import { locate, sourceOf, type LocatedObject } from '../tree/located-tree.ts';
import type { ConfigSchema } from './config-schema.ts';
import type { SchemaNode } from './schema-node.ts';
import { SectionValidator } from './section-validator.ts';
import { translateFaults } from './translate-faults.ts';
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

const validators = new WeakMap<ConfigSchema, Promise<SectionValidator>>();

/**
 * Checks a configuration against the schemas of its host: everything that is wrong, in the order of the keys.
 *
 * What could not be read is passed over: that has been reported already.
 */
export async function validateTree(config: CheckedConfig, schema: ConfigSchema): Promise<ConfigReport> {
  const { data, tree, incomplete } = config;
  const problems: Problem[] = [];
  const absent = schema.expected.filter((key) => !Object.hasOwn(data, key));
  for (const key of [...Object.keys(data), ...absent]) {
    const section = schema.sections.get(key);
    if (section) {
      const validator = await validatorFor(schema);
      const faults = await validator
        .validate(Object.hasOwn(data, key) ? data[key]! : {}, section)
        .catch((error: unknown) => {
          throw invalidPackages([unusableSchema(key, section, error)]);
        });
      problems.push(
        ...translateFaults(faults, {
          key,
          sourceOf: (path) => placeOf(tree, path),
          valueAt: (path) => path.reduce<unknown>((value, part) => (value as JsonObject | undefined)?.[part], data),
        }),
      );
    }
  }
  const missing = schema.required
    .filter((key) => !Object.hasOwn(data, key))
    .map((key) => missingKeyProblem({ path: [key] }));
  const known = [...problems, ...missing].filter(
    ({ code, path = [] }) => !(incomplete && code === 'ERR_CONFIG_MISSING') && !leadsToUnresolved(tree, path),
  );
  return { problems: known, warnings: [...findUnknownSections(config, schema), ...findDeprecated(config, schema)] };
}

function validatorFor(schema: ConfigSchema): Promise<SectionValidator> {
  const loading = validators.get(schema) ?? SectionValidator.load();
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

function leadsToUnresolved(tree: LocatedObject, path: readonly string[]): boolean {
  return path.some((_, index) => locate(tree, path.slice(0, index + 1))?.node.type === 'unresolved');
}

function findUnknownSections({ data, tree }: CheckedConfig, { known }: ConfigSchema): readonly Problem[] {
  return Object.keys(data)
    .filter((key) => !known.has(key))
    .map((key) => unknownSection({ path: [key], source: placeOf(tree, [key]) }, nearestName(key, known)));
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
