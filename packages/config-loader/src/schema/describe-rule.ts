import type { SchemaFault } from './find-faults.ts';

type Rule = (limit: unknown) => string;

const RULES: Readonly<Record<string, Rule>> = {
  minimum: (limit) => `must be at least ${String(limit)}`,
  maximum: (limit) => `must be at most ${String(limit)}`,
  exclusiveMinimum: (limit) => `must be more than ${String(limit)}`,
  exclusiveMaximum: (limit) => `must be less than ${String(limit)}`,
  minLength: (limit) => (limit === 1 ? 'must not be empty' : `must have at least ${count(limit, 'character')}`),
  maxLength: (limit) => `must have at most ${count(limit, 'character')}`,
  minItems: (limit) => (limit === 1 ? 'must not be empty' : `must have at least ${count(limit, 'item')}`),
  maxItems: (limit) => `must have at most ${count(limit, 'item')}`,
  minProperties: (limit) => (limit === 1 ? 'must not be empty' : `must have at least ${count(limit, 'key')}`),
  maxProperties: (limit) => `must have at most ${count(limit, 'key')}`,
  items: () => 'has more items than it can have',
  unevaluatedItems: () => 'has more items than it can have',
  uniqueItems: () => 'must not have an item twice',
  contains: () => 'lacks an item of the kind that it must have',
  minContains: (limit) => `must have at least ${count(limit, 'item')} of one kind`,
  maxContains: (limit) => `must have at most ${count(limit, 'item')} of one kind`,
  not: () => 'must NOT be valid',
};

/** How schemas say that a number may also be a string, as numbers from the environment are. */
const WHOLE_NUMBER = '^\\d+$';

function count(limit: unknown, noun: string): string {
  return `${String(limit)} ${noun}${limit === 1 ? '' : 's'}`;
}

/** The rule that a value breaks, to complete a sentence. Comes from the schema alone, so it has no value in it. */
export function describeRule({ keyword, rule }: SchemaFault): string {
  if (keyword === 'pattern' && rule === WHOLE_NUMBER) {
    return 'must be a whole number';
  }
  if (keyword === 'pattern') {
    return `must match /${String(rule)}/`;
  }
  if (keyword === 'multipleOf') {
    return `must be a multiple of ${String(rule)}`;
  }
  return RULES[keyword]?.(rule) ?? `breaks the rule '${keyword}'`;
}
