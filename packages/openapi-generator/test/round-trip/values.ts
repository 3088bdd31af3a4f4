import fc from 'fast-check';

/** A schema, and values that fit it. */
export interface Sample {
  readonly schema: Readonly<Record<string, unknown>>;
  readonly values: fc.Arbitrary<unknown>;
}

type Text = fc.Arbitrary<string>;

/** Any text that is one: halves of characters cannot be sent. */
export const anyText: Text = fc.string({ unit: 'grapheme', maxLength: 8 });

/** Names of properties. Servers refuse bodies with `__proto__`. */
const NAMES = ['id', 'a b', 'class', 'constructor', 'then', 'toString', 'ü&=', 'x-y', '$ref ', '0', 'a/b~c'];

const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (Object.is(value, -0) ? 0 : value));

/** Values that a parameter can have, or that stand in a list. */
export function scalars(text: Text): fc.Arbitrary<Sample> {
  const isAmbiguous = (value: string): boolean => /^(null|true|false|-?\d.*)$/.test(value);
  return fc.constantFrom<Sample>(
    { schema: { type: 'string' }, values: text },
    { schema: { type: 'integer' }, values: fc.maxSafeInteger() },
    { schema: { type: 'integer', format: 'int32', minimum: -5 }, values: fc.integer({ min: -5, max: 2 ** 31 - 1 }) },
    { schema: { type: 'number' }, values: number },
    { schema: { type: 'boolean' }, values: fc.boolean() },
    { schema: { type: 'string', format: 'uuid' }, values: fc.uuid() },
    { schema: { type: 'string', pattern: '^[a-z]+-?$' }, values: fc.constantFrom('a', 'abc-') },
    { schema: { const: 12 }, values: fc.constant(12) },
    { schema: { enum: ['a', 'B-c', 1, true, null] }, values: fc.constantFrom('a', 'B-c', 1, true, null) },
    // `null` or `12` in a text stand for something else, where something else is allowed.
    {
      schema: { type: ['string', 'integer', 'null'] },
      values: fc.oneof(
        text.filter((value) => !isAmbiguous(value)),
        fc.integer(),
        fc.constant(null),
      ),
    },
  );
}

/** Objects of scalars and, where there is a place for them, lists. */
export function flatObjects(text: Text, { lists }: { readonly lists: boolean }): fc.Arbitrary<Sample> {
  const member = lists ? fc.oneof(scalars(text), listsOf(text)) : scalars(text);
  return fc
    .uniqueArray(fc.tuple(fc.constantFrom(...NAMES), member), {
      selector: ([name]) => name,
      minLength: 1,
      maxLength: 3,
    })
    .map((members) => objectOf(members, { additionalProperties: false }));
}

/** Lists of scalars. Where there is none, an empty list cannot be told from it. */
export function listsOf(text: Text): fc.Arbitrary<Sample> {
  return scalars(text).map(({ schema, values }) => ({
    schema: { type: 'array', items: schema },
    values: fc.array(values, { minLength: 1, maxLength: 3 }),
  }));
}

const tree: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  tree: fc.record(
    { label: anyText, children: fc.array(tie('tree'), { maxLength: 2 }) },
    { requiredKeys: ['label'], noNullPrototype: true },
  ),
})).tree;

const TREE: Sample = { schema: { $ref: '#/components/schemas/Tree' }, values: tree };

const SHAPE: Sample = {
  schema: { $ref: '#/components/schemas/Shape' },
  values: fc.oneof(
    fc.record({ kind: fc.constant('circle'), radius: number }, { noNullPrototype: true }),
    fc.record({ kind: fc.constant('Box'), inner: fc.oneof(tree, fc.constant(null)) }, { noNullPrototype: true }),
  ),
};

/** Whatever JSON Schema describes, with references to {@link COMPONENTS}. */
export const documents: fc.Arbitrary<Sample> = fc.letrec<{ sample: Sample }>((tie) => {
  const sample = tie('sample');
  const object = fc
    .uniqueArray(fc.tuple(fc.constantFrom(...NAMES), sample), { selector: ([name]) => name, maxLength: 3 })
    .map((members) => objectOf(members, {}));
  return {
    sample: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      scalars(anyText),
      fc.constantFrom<Sample>({ schema: {}, values: fc.constantFrom<unknown>('', 0, null, [], {}) }, TREE, SHAPE),
      object,
      object.map(({ schema, values }) => ({
        schema: { allOf: [schema, { type: 'object' }], unevaluatedProperties: false },
        values,
      })),
      sample.map(({ schema, values }) => ({
        schema: { type: 'array', items: schema },
        values: fc.array(values, { maxLength: 3 }),
      })),
      fc.tuple(sample, sample).map(([one, other]) => ({
        schema: { type: 'array', prefixItems: [one.schema, other.schema], minItems: 2, items: false },
        values: fc.tuple(one.values, other.values),
      })),
      sample.map(({ schema, values }) => ({
        schema: { type: 'object', additionalProperties: schema },
        values: fc.dictionary(fc.constantFrom(...NAMES), values, { maxKeys: 2, noNullPrototype: true }),
      })),
      fc.tuple(sample, sample).map(([one, other]) => ({
        schema: { anyOf: [one.schema, other.schema] },
        values: fc.oneof(one.values, other.values),
      })),
    ),
  };
}).sample;

/** The named schemas that samples refer to. */
export const COMPONENTS = {
  Tree: {
    type: 'object',
    required: ['label'],
    additionalProperties: false,
    properties: {
      label: { type: 'string' },
      children: { type: 'array', items: { $ref: '#/components/schemas/Tree' } },
    },
  },
  Circle: {
    type: 'object',
    required: ['kind', 'radius'],
    properties: { kind: { const: 'circle' }, radius: { type: 'number' } },
  },
  Box: {
    type: 'object',
    required: ['kind'],
    properties: {
      kind: { type: 'string' },
      inner: { oneOf: [{ $ref: '#/components/schemas/Tree' }, { type: 'null' }] },
    },
  },
  Shape: {
    oneOf: [{ $ref: '#/components/schemas/Circle' }, { $ref: '#/components/schemas/Box' }],
    discriminator: { propertyName: 'kind' },
  },
};

/** An object of which every other member is required; there is one at least, since without there would be no object. */
function objectOf(members: readonly (readonly [string, Sample])[], more: object): Sample {
  const requiredKeys = members.map(([name]) => name).filter((_, index) => index % 2 === 0);
  return {
    schema: {
      type: 'object',
      properties: Object.fromEntries(members.map(([name, { schema }]) => [name, schema])),
      required: requiredKeys,
      ...more,
    },
    values: fc.record(Object.fromEntries(members.map(([name, { values }]) => [name, values])), {
      requiredKeys,
      noNullPrototype: true,
    }),
  };
}
