import { expect, it } from '@jest/globals';
import { contract, contractOf, modelOf, problemsOf } from './contracts.ts';

const DONE = { responses: { 204: { description: 'Done' } } };

function query(...parameters: readonly object[]): object {
  const all = parameters.map((parameter) => ({ in: 'query', ...parameter }));
  return contract({ '/todos': { get: { operationId: 'listTodos', parameters: all, ...DONE } } });
}

function objectWith(...names: readonly string[]): object {
  return { type: 'object', properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])) };
}

function withHeader(schema: object): object {
  const responses = { 204: { description: 'Done', headers: { 'X-Place': { schema } } } };
  return contract({ '/todos': { get: { operationId: 'listTodos', responses } } });
}

/** Object literals would set the prototype. */
const PROTO = JSON.parse('{ "__proto__": { "type": "string" } }') as object;

const REFUSED: readonly (readonly [what: string, content: object, code: string, message: string])[] = [
  [
    'two parameters that are written under one name',
    query({ name: 'name', schema: { type: 'string' } }, { name: 'filter', schema: objectWith('name') }),
    'ERR_CONTRACT_PARAMETER',
    "The parameters 'name' and 'filter' are both written as 'name'",
  ],
  [
    'two parameters that take whatever there is',
    query({ name: 'one', schema: { type: 'object' } }, { name: 'other', schema: { type: 'object' } }),
    'ERR_CONTRACT_PARAMETER',
    "The parameters 'one' and 'other' would both take all names",
  ],
  [
    'a default of another type',
    query({ name: 'limit', schema: { type: 'integer', default: 'ten' } }),
    'ERR_CONTRACT_SCHEMA',
    'The default "ten" does not fit its schema: must be integer',
  ],
  [
    'a default that lacks something',
    contractOf(
      { type: 'object', properties: { owner: { $ref: '#/components/schemas/Owner', default: { age: 1 } } } },
      { Owner: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } } },
    ),
    'ERR_CONTRACT_SCHEMA',
    'The default {"age":1} does not fit its schema: must have required property',
  ],
  [
    'a default that is in no list',
    contractOf({ type: 'object', properties: { sort: { enum: ['up', 'down'], default: 'left' } } }),
    'ERR_CONTRACT_SCHEMA',
    'The default "left" does not fit its schema: must be equal to one of the allowed values',
  ],
  ['a property that no body can have', contractOf({ properties: PROTO }), 'ERR_CONTRACT_SCHEMA', "'__proto__'"],
  ['a parameter of that name', query({ name: '__proto__' }), 'ERR_CONTRACT_PARAMETER', "'__proto__'"],
  [
    'a path that no client can ask for',
    contract({ '/todos/../done': { get: { operationId: 'listTodos', ...DONE } } }),
    'ERR_CONTRACT_PATH_INVALID',
    "clients take segments like '.' and '..' out of paths",
  ],
  [
    'a header that is an object',
    withHeader(objectWith('street')),
    'ERR_CONTRACT_RESPONSE_DESCRIPTION',
    "The header 'x-place' may be an object, for which headers have no form",
  ],
];

it.each(REFUSED)('such as %s', (_what, content, code, message) => {
  const problems = problemsOf(content);

  expect(problems.length).toBeGreaterThan(0);
  for (const problem of problems) {
    expect(problem).toMatchObject({ code, message: expect.stringContaining(message), hint: expect.any(String) });
    expect(problem.source).toMatchObject({ file: 'openapi.yaml', line: expect.any(Number) });
  }
});

it('such as a key that stands twice, in JSON as in YAML', () => {
  const main = `{ "openapi": "3.1.0", "info": { "title": ":", "version": "\\":1" },
    "paths": { "/a": { "$ref": "a.json" } } }`;
  const once = '{ "get": { "operationId": "one", "responses": { "204": { "description": "Done" } } } }';

  expect(problemsOf(main, { 'a.json': once })).toEqual([]);
  expect(
    problemsOf(main, { 'a.json': once.replace('"operationId"', '"operationId": "two",\n"operationId"') }),
  ).toMatchObject([{ code: 'ERR_CONTRACT_SYNTAX', source: { file: 'a.json', line: 2 } }]);
});

it('but not what can be told apart', () => {
  const content = query(
    { name: 'name', schema: { type: 'string' } },
    { name: 'filter', style: 'deepObject', schema: objectWith('name') },
    { name: 'sort', explode: false, schema: { ...objectWith('name'), default: { name: 'up' } } },
    { name: 'page', schema: { type: 'object', properties: { limit: { type: 'integer', default: 10 } }, default: {} } },
  );

  expect(modelOf(content).operations).toHaveLength(1);
});
