import fc from 'fast-check';
import { anyText, documents, flatObjects, listsOf as lists, scalars, type Sample } from './values.ts';

/** What is sent, by the parts of a request. */
export type Sent = Readonly<
  Partial<Record<'path' | 'query' | 'headers' | 'cookies', Readonly<Record<string, unknown>>>>
> & {
  readonly body?: unknown;
};

/** A random operation, and requests to it. */
export interface OperationSample {
  readonly parameters: readonly object[];
  readonly content?: object;
  readonly requests: readonly Sent[];
}

interface Place {
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  readonly style: string;
  readonly explode: boolean;
  readonly text: fc.Arbitrary<string>;
  readonly kinds: readonly ('scalar' | 'list' | 'object')[];
}

// Clients take dots out of paths, and an empty segment is another path.
const pathText = anyText.filter((text) => text !== '' && text !== '.' && text !== '..');
// Headers have no escapes, and lose white space at their ends.
const headerText = fc.stringMatching(/^[!#-+.-<>-~]{0,6}$/);
const EACH = ['scalar', 'list', 'object'] as const;

const PLACES: readonly Place[] = [true, false].flatMap((explode): readonly Place[] => [
  ...['simple', 'label', 'matrix'].map((style): Place => ({ in: 'path', style, explode, text: pathText, kinds: EACH })),
  { in: 'query', style: 'form', explode, text: anyText, kinds: EACH },
  {
    in: 'query',
    style: 'spaceDelimited',
    explode,
    text: anyText.filter((text) => !text.includes(' ')),
    kinds: ['list'],
  },
  {
    in: 'query',
    style: 'pipeDelimited',
    explode,
    text: anyText.filter((text) => !text.includes('|')),
    kinds: ['list'],
  },
  { in: 'query', style: 'deepObject', explode: true, text: anyText, kinds: ['object'] },
  { in: 'header', style: 'simple', explode, text: headerText, kinds: ['scalar', 'list'] },
  { in: 'cookie', style: 'form', explode, text: anyText, kinds: EACH },
]);

const PARTS = { path: 'path', query: 'query', header: 'headers', cookie: 'cookies' } as const;

interface ParameterSample {
  readonly name: string;
  readonly part: (typeof PARTS)[Place['in']];
  readonly parameter: object;
  readonly values: fc.Arbitrary<unknown>;
}

function parameterAt({ in: part, style, explode, text, kinds }: Place, name: string): fc.Arbitrary<ParameterSample> {
  const samples: Readonly<Record<(typeof EACH)[number], fc.Arbitrary<Sample>>> = {
    scalar: scalars(text),
    list: lists(text),
    object: flatObjects(text, { lists: style === 'deepObject' }),
  };
  return fc.constantFrom(...kinds).chain((kind) =>
    samples[kind].map(({ schema, values }) => ({
      name,
      part: PARTS[part],
      parameter: { name, in: part, style, explode, required: true, schema },
      values,
    })),
  );
}

/** Parameters in different places, since exploded objects in one place may clash. */
const parameters = fc
  .uniqueArray(fc.constantFrom(...PLACES), { selector: (place) => place.in, maxLength: 3 })
  .chain((places) =>
    fc.tuple(
      ...places.map((place, index) =>
        fc
          .constantFrom(`p${index}`, `ünï-${index}`, `a.b~${index}`, `constructor`)
          .chain((name) => parameterAt(place, place.in === 'header' || place.in === 'cookie' ? `p-${index}` : name)),
      ),
    ),
  );

interface BodySample {
  readonly content: object;
  readonly values: fc.Arbitrary<unknown>;
}

// A form keeps neither line breaks as they are, nor the difference between no list and an empty one.
const formText = anyText.filter((text) => !/[\r\n]/.test(text));
// The mark at the start of a text says how it is encoded, and is no part of it.
const plainText = anyText.filter((text) => !text.startsWith('\ufeff'));

const bodies: fc.Arbitrary<BodySample | undefined> = fc.oneof(
  {
    weight: 4,
    arbitrary: documents.map(({ schema, values }) => ({ content: { 'application/json': { schema } }, values })),
  },
  fc.constant({ content: { 'text/plain': { schema: { type: 'string' } } }, values: plainText }),
  fc
    .tuple(
      fc.constantFrom('application/x-www-form-urlencoded', 'multipart/form-data'),
      flatObjects(formText, { lists: true }),
    )
    .map(([mediaType, { schema, values }]) => ({ content: { [mediaType]: { schema } }, values })),
  fc.constant(undefined),
);

/** Random operations, each with some requests. */
export const operations: fc.Arbitrary<OperationSample> = fc.tuple(parameters, bodies).chain(([given, body]) => {
  const parts = [...new Set(given.map(({ part }) => part))];
  const request = fc.record(
    {
      ...Object.fromEntries(
        parts.map((part) => {
          const ofPart = given.filter((each) => each.part === part);
          return [
            part,
            fc.record(Object.fromEntries(ofPart.map(({ name, values }) => [name, values])), { noNullPrototype: true }),
          ];
        }),
      ),
      ...(body && { body: body.values }),
    },
    { noNullPrototype: true },
  );
  return fc.array(request, { minLength: 3, maxLength: 3 }).map((requests) => ({
    parameters: given.map(({ parameter }) => parameter),
    ...(body && { content: body.content }),
    requests,
  }));
});
