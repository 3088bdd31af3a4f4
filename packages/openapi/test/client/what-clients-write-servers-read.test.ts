import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Parameter, ParameterPart, ParameterStyle, ParameterShape } from '../../src/index.ts';
import { createConnection, type CalledOperation, type CallRequest } from '../../src/client/index.ts';
import { createRoutes } from '../../src/server/index.ts';
import { json, operation, serveRoutes, type ContractServer } from '../contract-server.ts';

const TEXT: ParameterShape = { type: 'scalar', scalars: ['string'] };
const NUMBER: ParameterShape = { type: 'scalar', scalars: ['number'] };
const LIST: ParameterShape = { type: 'array', items: ['string'] };
const OBJECT: ParameterShape = {
  type: 'object',
  properties: { name: ['string'], age: ['integer'], tags: { array: ['string'] } },
};
const MAP: ParameterShape = { type: 'object', properties: {}, additional: ['string'] };

const anyText = fc
  .string({ unit: 'binary', maxLength: 12 })
  .filter((text) => !/[\ud800-\udfff]/.test(text) || isWellFormed(text));
const pathText = anyText.filter((text) => text !== '' && text !== '.' && text !== '..');
const headerText = fc.stringMatching(/^[!-+\--~]([ -+\--~]*[!-+\--~])?$/, { size: 'small' });
const VALUES: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  text: anyText,
  number: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (Object.is(value, -0) ? 0 : value)),
  list: fc.array(pathText, { minLength: 1, maxLength: 4 }),
  object: fc.record({ name: pathText, age: fc.integer(), tags: fc.array(pathText, { minLength: 1, maxLength: 3 }) }),
};

/** Servers refuse what could reach the prototype of all objects. JSON has no -0. */
const anyJson = fc
  .jsonValue({ maxDepth: 2 })
  .map((value) => JSON.parse(JSON.stringify(value)) as unknown)
  .filter((value) => !JSON.stringify(value).includes('__proto__'));

function isWellFormed(text: string): boolean {
  try {
    return encodeURIComponent(text) !== '';
  } catch {
    return false;
  }
}

interface Case {
  readonly part: ParameterPart;
  readonly style: ParameterStyle;
  readonly explode: boolean;
  readonly shape: ParameterShape;
  readonly values: fc.Arbitrary<unknown>;
}

function casesOf(part: ParameterPart, style: ParameterStyle, texts = pathText): readonly Case[] {
  return [true, false].flatMap((explode): readonly Case[] => [
    { part, style, explode, shape: TEXT, values: texts },
    { part, style, explode, shape: NUMBER, values: VALUES.number! },
    { part, style, explode, shape: LIST, values: fc.array(texts, { minLength: 1, maxLength: 4 }) },
    {
      part,
      style,
      explode,
      shape: OBJECT,
      values: fc.record({ name: texts, age: fc.integer(), tags: fc.array(texts, { minLength: 1, maxLength: 3 }) }),
    },
  ]);
}

const withoutSpaces = pathText.filter((text) => !text.includes(' '));
const withoutPipes = pathText.filter((text) => !text.includes('|'));
const LISTS_ONLY = (cases: readonly Case[]): readonly Case[] =>
  cases.filter(({ shape, explode }) => shape.type === 'array' || (shape.type === 'object' && !explode));

const CASES: readonly Case[] = [
  ...casesOf('path', 'simple'),
  ...casesOf('path', 'label'),
  ...casesOf('path', 'matrix'),
  ...casesOf('query', 'form'),
  ...LISTS_ONLY(casesOf('query', 'spaceDelimited', withoutSpaces)),
  ...LISTS_ONLY(casesOf('query', 'pipeDelimited', withoutPipes)),
  { part: 'query', style: 'deepObject', explode: true, shape: OBJECT, values: VALUES.object! },
  {
    part: 'query',
    style: 'form',
    explode: true,
    shape: MAP,
    values: fc.dictionary(fc.constantFrom('a', 'b ü', 'c&='), pathText, { minKeys: 1 }),
  },
  { part: 'query', style: 'form', explode: false, shape: { type: 'json' }, values: anyJson },
  ...casesOf('headers', 'simple', headerText).filter(({ shape, explode }) => shape.type !== 'object' || !explode),
  ...casesOf('cookies', 'form'),
];

function parameterOf({ part, style, explode, shape }: Case): Parameter {
  return { name: part === 'headers' ? 'x-value' : 'value', part, style, explode, shape, required: true };
}

/** An operation that answers what it has read. */
function operationOf(testCase: Case, index: number): CalledOperation {
  const path = testCase.part === 'path' ? `/${index}/{value}` : `/${index}`;
  return {
    operationId: `operation${index}`,
    method: 'GET',
    path,
    parameters: [parameterOf(testCase)],
    responses: { 200: [{ mediaType: 'application/json', kind: 'json' }] },
  };
}

let server: ContractServer;

beforeAll(async () => {
  const operations = CASES.map(operationOf);
  const handlers = Object.fromEntries(
    operations.map(({ operationId, parameters: [parameter] }) => [
      operationId,
      (request: Record<string, Record<string, unknown>>) => ({
        status: 200,
        body: { read: request[parameter!.part]![parameter!.name] },
      }),
    ]),
  );
  server = await serveRoutes(
    createRoutes(
      {
        operations: operations.map((called) => operation({ ...called, responses: { 200: json() } })),
        document: () => ({}),
      },
      handlers,
    ),
  );
});

afterAll(() => server.stop());

describe('What clients write', () => {
  it.each(
    CASES.map(
      (testCase, index) => [testCase.part, testCase.style, testCase.explode, testCase.shape.type, index] as const,
    ),
  )(
    'in a %s parameter in the style %s (explode: %s) for a %s, servers read',
    async (_part, _style, _explode, _type, index) => {
      const testCase = CASES[index]!;
      const called = operationOf(testCase, index);
      const { name, part } = called.parameters[0]!;
      const connection = createConnection({ baseUrl: server.url, policy: { retries: 0 } });
      await fc.assert(
        fc.asyncProperty(testCase.values, async (value) => {
          const request: CallRequest = { [part]: { [name]: value } };
          const { body } = await connection.call(called, request);
          expect(body).toEqual({ read: value });
        }),
        { numRuns: 15 },
      );
    },
  );
});
