import type { ListedAction } from '@bulkhead/backend-plugin-api';
import type { Config } from '@bulkhead/config';
import type { Minimatch } from 'minimatch';
import { patternsUnreadable } from './errors.ts';

type Attributes = Readonly<Partial<Record<AttributeName, boolean>>>;
type AttributeName = (typeof ATTRIBUTES)[number];

/** All that a rule says must be so. */
interface Rule {
  readonly id?: string;
  readonly attributes: Attributes;
}

/** What `backend.actions.filter` says. */
export interface FilterRules {
  readonly include: readonly Rule[];
  readonly exclude: readonly Rule[];
}

/** Whether an action is to be listed. */
export type ActionFilter = (action: ListedAction) => boolean;

const ATTRIBUTES = ['destructive', 'readOnly', 'idempotent'] as const;

/** Reads `backend.actions.filter`. @throws BulkheadError `ERR_CONFIG_TYPE` */
export function readFilterRules(config: Config): FilterRules {
  const section = config.getOptionalConfig('backend.actions.filter');
  const read = (key: 'include' | 'exclude'): Rule[] => (section?.getOptionalConfigArray(key) ?? []).map(readRule);
  return { include: read('include'), exclude: read('exclude') };
}

/**
 * An exclusion outweighs all inclusions; without inclusions all is included. Globs are loaded if a rule has one.
 *
 * @throws BulkheadError `ERR_ACTIONS_PATTERNS`
 */
export async function createActionFilter(
  { include, exclude }: FilterRules,
  load = (): Promise<typeof import('minimatch')> => import('minimatch'),
): Promise<ActionFilter> {
  const hasGlobs = [...include, ...exclude].some(({ id }) => id);
  const { Minimatch: Glob } = hasGlobs
    ? await load().catch((error: unknown) => Promise.reject(patternsUnreadable(error)))
    : {};
  const compile = ({ id, attributes }: Rule): ActionFilter => {
    const glob: Minimatch | undefined = Glob && id ? new Glob(id) : undefined;
    return (action) => (!glob || glob.match(action.id)) && hasAttributes(action, attributes);
  };
  const [included, excluded] = [include.map(compile), exclude.map(compile)];
  return (action) =>
    !excluded.some((matches) => matches(action)) &&
    (included.length === 0 || included.some((matches) => matches(action)));
}

function readRule(config: Config): Rule {
  const section = config.getOptionalConfig('attributes');
  const attributes: Partial<Record<AttributeName, boolean>> = {};
  for (const name of ATTRIBUTES) {
    const value = section?.getOptionalBoolean(name);
    if (value !== undefined) attributes[name] = value;
  }
  return { id: config.getOptionalString('id'), attributes };
}

function hasAttributes({ attributes }: ListedAction, expected: Attributes): boolean {
  return ATTRIBUTES.every((name) => expected[name] === undefined || attributes[name] === expected[name]);
}
