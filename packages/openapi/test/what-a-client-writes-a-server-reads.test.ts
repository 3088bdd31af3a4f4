import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RequestEncoder } from '../src/client/encode/request-encoder.ts';
import type { Parameter, ParameterShape } from '../src/index.ts';
import { ParametersReader } from '../src/server/parameters/parameters-reader.ts';
import { RouteTable } from '../src/server/routing/route-table.ts';
import { Violations } from '../src/server/violations/violations.ts';
import { operation } from './contract-server.ts';

type Part = Parameter['part'];

/** The combinations that OpenAPI has: a style per part and kind of value. */
const STYLES: Readonly<Record<Part, Readonly<Record<'scalar' | 'array' | 'object', readonly Parameter['style'][]>>>> = {
  path: {
    scalar: ['simple', 'label', 'matrix'],
    array: ['simple', 'label', 'matrix'],
    object: ['simple', 'label', 'matrix'],
  },
  query: {
    scalar: ['form'],
    array: ['form', 'spaceDelimited', 'pipeDelimited'],
    object: ['form', 'spaceDelimited', 'pipeDelimited', 'deepObject'],
  },
  headers: { scalar: ['simple'], array: ['simple'], object: ['simple'] },
  cookies: { scalar: ['form'], array: ['form'], object: ['form'] },
};

const SHAPES: Readonly<Record<'scalar' | 'array' | 'object', ParameterShape>> = {
  scalar: { type: 'scalar', scalars: ['string'] },
  array: { type: 'array', items: ['string'] },
  object: {
    type: 'object',
    properties: { text: ['string'], count: ['integer'], list: { array: ['string'] } },
    additional: ['string'],
  },
};

function textFor(part: Part): fc.Arbitrary<string> {
  // Around the items of a header, white space means nothing.
  return part === 'headers' ? fc.string().map((text) => text.trim()) : fc.string({ unit: 'grapheme' });
}

function valueFor(part: Part, kind: 'scalar' | 'array' | 'object'): fc.Arbitrary<unknown> {
  const text = textFor(part);
  switch (kind) {
    case 'scalar':
      return text;
    case 'array':
      return fc.array(text, { maxLength: 4 });
    case 'object':
      return fc
        .record(
          {
            text,
            count: fc.maxSafeInteger(),
            list: fc.array(text, { minLength: 1, maxLength: 3 }),
            // Nobody can tell which cookies and headers are meant to be further properties.
            ...(part !== 'cookies' && { 'x&y.z': text }),
          },
          { requiredKeys: [] },
        )
        .map((value) => ({ ...value }));
  }
}

const written = fc
  .record({
    part: fc.constantFrom<Part>('path', 'query', 'headers', 'cookies'),
    kind: fc.constantFrom('scalar' as const, 'array' as const, 'object' as const),
    explode: fc.boolean(),
    allowReserved: fc.boolean(),
  })
  .chain(({ part, kind, explode, allowReserved }) =>
    fc.record({
      parameter: fc.constantFrom(...STYLES[part][kind]).map((style): Parameter => ({
        ...{ name: 'p', part, style, required: false, shape: SHAPES[kind] },
        explode: style === 'deepObject' || explode,
        allowReserved: part === 'query' && allowReserved,
      })),
      value: valueFor(part, kind),
    }),
  );

describe('the value of a parameter', () => {
  it('is read as it was written, or else refused by the client', () => {
    let count = 0;
    fc.assert(
      fc.property(written, ({ parameter, value }) => {
        const request = encode(parameter, value);
        if (request) {
          count += 1;
          const isEmpty = typeof value === 'object' && Object.keys(value as object).length === 0;
          expect(decode(parameter, request)).toEqual(isEmpty ? undefined : value);
        }
      }),
      { numRuns: 3_000 },
    );
    expect(count).toBeGreaterThan(2_000);
  });
});

interface Written {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

const TEMPLATE = { path: '/before/{p}/after', query: '/', headers: '/', cookies: '/' } as const;

function encode(parameter: Parameter, value: unknown): Written | undefined {
  const called = {
    ...operation({ path: TEMPLATE[parameter.part], parameters: [parameter] }),
    body: undefined,
    responses: {},
  };
  try {
    return new RequestEncoder(called).encode({ [parameter.part]: { p: value } });
  } catch (error) {
    expect(error).toMatchObject({ code: 'ERR_CLIENT_PARAMETER' });
    return undefined;
  }
}

function decode(parameter: Parameter, { path: target, headers }: Written): unknown {
  const served = operation({ path: TEMPLATE[parameter.part], parameters: [parameter] });
  const table = new RouteTable();
  table.add('GET', served.path, { operationId: 'o', access: served.access, handle: () => {} });
  const [path = '', ...rest] = target.split('?');
  const query = rest.join('?');
  const match = table.find('GET', path);
  expect(match).toBeDefined();
  const violations = new Violations();
  const request = { headers } as unknown as IncomingMessage;
  const values = new ParametersReader(served).read({ request, pathValues: match!.pathValues, query }, violations);
  expect(violations.kept).toEqual([]);
  return values[parameter.part]?.p;
}
