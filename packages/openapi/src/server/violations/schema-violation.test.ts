import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '@bulkhead/types';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { toViolation } from './schema-violation.ts';

function violationsOf(schema: JsonObject, value: unknown): string[] {
  const ajv = new Ajv2020({ allErrors: true, strict: false, formats: { date: /^\d{4}-\d\d-\d\d$/ } });
  const check = ajv.compile(schema);
  check(value);
  return (check.errors ?? []).map((error) => {
    const { pointer, message } = toViolation(error, '/body');
    return `${pointer} ${message}`;
  });
}

describe('toViolation', () => {
  it.each<[JsonObject, unknown, string]>([
    [{ type: 'integer' }, 'x', '/body must be an integer'],
    [{ type: 'array' }, 'x', '/body must be an array'],
    [{ type: ['string', 'null'] }, 1, '/body must be a string or null'],
    [{ enum: ['a', 1, null] }, 'x', '/body must be one of "a", 1, null'],
    [{ enum: Array.from({ length: 22 }, (_, i) => i) }, 'x', `/body must be one of ${range(20)}, …`],
    [{ const: { a: 1 } }, 1, '/body must be {"a":1}'],
    [{ format: 'date' }, 'x', '/body must have the format date'],
    [{ pattern: '^a' }, 'x', '/body must match ^a'],
    [{ minimum: 1 }, 0, '/body must be >= 1'],
    [{ maximum: 1 }, 2, '/body must be <= 1'],
    [{ exclusiveMinimum: 1 }, 1, '/body must be > 1'],
    [{ exclusiveMaximum: 1 }, 1, '/body must be < 1'],
    [{ multipleOf: 2 }, 1, '/body must be a multiple of 2'],
    [{ minLength: 1 }, '', '/body must have at least one character'],
    [{ maxLength: 2 }, 'abc', '/body must have at most 2 characters'],
    [{ minItems: 2 }, [], '/body must have at least 2 items'],
    [{ maxItems: 1 }, [1, 2], '/body must have at most one item'],
    [{ minProperties: 1 }, {}, '/body must have at least one property'],
    [{ maxProperties: 0 }, { a: 1 }, '/body must have at most 0 properties'],
    [{ uniqueItems: true }, [1, 2, 1], '/body must not have the same item twice: 0 and 2 are equal'],
    [{ required: ['a/b'] }, {}, '/body/a~1b is missing'],
    [{ items: { required: ['a'] } }, [{ a: 1 }, {}], '/body/1/a is missing'],
    [{ additionalProperties: false }, { a: 1 }, '/body/a is not known to the contract'],
    [{ unevaluatedProperties: false }, { a: 1 }, '/body/a is not known to the contract'],
    [{ dependentRequired: { a: ['b'] } }, { a: 1 }, "/body/b is missing, and needed since 'a' is there"],
    [{ not: {} }, 1, '/body must not be of that kind'],
    [{ properties: { a: false } }, { a: 1 }, '/body/a must not be there'],
    [{ contains: { const: 1 } }, [], '/body must contain at least 1 valid item(s)'],
  ])('says of %j and %j: %s', (schema, value, text) => {
    expect(violationsOf(schema, value)).toContain(text);
  });

  it.each(['oneOf', 'anyOf'])('says that none of several fits (%s)', (keyword) => {
    const texts = violationsOf({ [keyword]: [{ type: 'string' }, { type: 'boolean' }] }, 1);
    const which = keyword === 'oneOf' ? 'exactly one' : 'one';
    expect(texts).toEqual([
      '/body must be a string',
      '/body must be a boolean',
      `/body must fit ${which} of the alternatives`,
    ]);
  });

  it('knows the keywords of generated validators', () => {
    const error = { instancePath: '/0', keyword: 'branches', params: { property: 'kind', allowedValues: '["a","b"]' } };
    expect(toViolation(error, '/body')).toEqual({ pointer: '/body/0/kind', message: 'must be one of "a", "b"' });
    expect(toViolation({ instancePath: '', keyword: 'file', params: {} }, '/body/f').message).toBe('must be a file');
  });

  it('makes do with keywords that it does not know', () => {
    const error = { instancePath: '', keyword: 'odd', params: {} };
    expect(toViolation(error, '/body').message).toBe("breaks the rule 'odd'");
    expect(toViolation({ ...error, message: 'must be even' }, '/body').message).toBe('must be even');
  });
});

function range(length: number): string {
  return Array.from({ length }, (_, index) => index).join(', ');
}
