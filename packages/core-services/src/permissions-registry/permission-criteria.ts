import type { JsonValue } from '@bulkhead/types';
import { badConditions, undecidedRule } from './errors.ts';
import type { RegisteredRule } from './registered-permissions.ts';

/** Whether a resource meets the criteria. */
export type ResourceTest = (resource: unknown) => boolean;

/** Where criteria stand, and what they may refer to. */
export interface CriteriaContext {
  /** For messages: `items[0].conditions`. */
  readonly place: string;
  readonly resourceType: string;
  readonly rules: ReadonlyMap<string, RegisteredRule>;
  /** How many criteria these are inside of. */
  readonly depth?: number;
}

/** No policy that people write is as deep as this, and what is deeper would overflow the stack. */
const MAX_DEPTH = 50;
const KINDS = ['allOf', 'anyOf', 'not', 'rule'] as const;

type Kind = (typeof KINDS)[number];
type Criteria = Readonly<Record<string, unknown>>;

/**
 * Turns criteria that came with a request (`{ allOf }`, `{ anyOf }`, `{ not }`, `{ rule, resourceType, params }`) into a
 * test. Everything about them is checked here, so that no answer depends on what a resource happened to make of them.
 *
 * @throws InputError `ERR_PERMISSIONS_REGISTRY_REQUEST`
 */
export async function compileCriteria(criteria: unknown, context: CriteriaContext): Promise<ResourceTest> {
  const { place, depth = 0 } = context;
  const kind = kindOf(criteria);
  if (!kind) throw badConditions(place, `must have exactly one of ${KINDS.join(', ')}`);
  if (depth > MAX_DEPTH) throw badConditions(place, `is nested more than ${MAX_DEPTH} times`);
  const within = (name: string): CriteriaContext => ({ ...context, place: `${place}.${name}`, depth: depth + 1 });
  const { [kind]: inner } = criteria as Criteria;
  switch (kind) {
    case 'allOf': {
      const tests = await compileList(inner, within(kind));
      return (resource) => tests.every((test) => test(resource));
    }
    case 'anyOf': {
      const tests = await compileList(inner, within(kind));
      return (resource) => tests.some((test) => test(resource));
    }
    case 'not': {
      const test = await compileCriteria(inner, within(kind));
      return (resource) => !test(resource);
    }
    case 'rule':
      return compileRule(criteria as Criteria, context);
  }
}

function kindOf(criteria: unknown): Kind | undefined {
  if (!isObject(criteria)) return undefined;
  const kinds = KINDS.filter((kind) => criteria[kind] !== undefined);
  return kinds.length === 1 ? kinds[0] : undefined;
}

async function compileList(list: unknown, context: CriteriaContext): Promise<ResourceTest[]> {
  const { place } = context;
  if (!Array.isArray(list) || list.length === 0) throw badConditions(place, 'must be a list that is not empty');
  return Promise.all(list.map((item, index) => compileCriteria(item, { ...context, place: `${place}[${index}]` })));
}

async function compileRule(criteria: Criteria, { place, resourceType, rules }: CriteriaContext): Promise<ResourceTest> {
  const { rule: name, resourceType: ruleType, params = {} } = criteria;
  if (ruleType !== resourceType) throw badConditions(`${place}.resourceType`, `must be '${resourceType}'`);
  const found = typeof name === 'string' ? rules.get(name) : undefined;
  if (!found) throw badConditions(`${place}.rule`, `must be a rule for '${resourceType}'`);
  if (!isObject(params)) throw badConditions(`${place}.params`, 'must be an object');
  const accepted = params as JsonValue;
  if (!(await found.paramsSchema.accepts(accepted))) {
    throw badConditions(`${place}.params`, `do not fit the parameters of the rule '${found.rule.name}'`);
  }
  return (resource) => apply(found, resource, accepted);
}

function apply({ rule }: RegisteredRule, resource: unknown, params: JsonValue): boolean {
  const answer: unknown = rule.apply(resource, params);
  // Published rules also answer with what JavaScript takes for true or false, but a promise would always be true.
  if (typeof (answer as { readonly then?: unknown } | null | undefined)?.then === 'function') {
    throw undecidedRule(rule.name);
  }
  return Boolean(answer);
}

function isObject(value: unknown): value is Criteria {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
