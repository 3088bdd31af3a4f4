import path from 'node:path';
import { expect, it, test } from '@jest/globals';
import { formatError, formatSource, ProblemsError } from '@bulkhead/errors';
import { readContract } from '../src/read/read-contract.ts';
import { contractFolder, problemsOf } from './contracts.ts';

const HEAD = `openapi: 3.1.0
info: { title: todo, version: 1.0.0 }
security: []
paths:
`;

const OK = `responses: { '204': { description: Done } }`;

interface Refusal {
  readonly what: string;
  /** Follows line 4. */
  readonly paths: string;
  readonly code: string;
  readonly at: string;
  readonly message: string;
  readonly hint: string;
}

const refusals: readonly Refusal[] = [
  {
    what: 'an operation without a name',
    paths: `  /todos/{id}/done:
    parameters: [{ name: id, in: path, required: true }]
    put: { ${OK} }
`,
    code: 'ERR_CONTRACT_OPERATION_ID_MISSING',
    at: 'openapi.yaml:7:10',
    message: 'PUT /todos/{id}/done has no operationId, so there is no name for its handler and its client method',
    hint: "Add one in camel case, such as 'operationId: putTodosIdDone'.",
  },
  {
    what: 'two operations of one name',
    paths: `  /a:
    get: { operationId: list-todos, ${OK} }
    put: { operationId: ListTODOS, ${OK} }
`,
    code: 'ERR_CONTRACT_OPERATION_ID_DUPLICATE',
    at: 'openapi.yaml:7:12',
    message: "The operationId 'ListTODOS' stands for another operation already, at openapi.yaml:6:12",
    hint: 'Rename one of them. Upper and lower case, and characters that identifiers cannot have, make no difference.',
  },
  {
    what: 'an operation at two paths',
    paths: `  /a:
    get: { operationId: one, ${OK} }
  /b: { $ref: '#/paths/~1a' }
`,
    code: 'ERR_CONTRACT_OPERATION_ID_DUPLICATE',
    at: 'openapi.yaml:7:3',
    message: "The operation 'one' stands at two paths, /a and /b, which refer to one path item",
    hint: 'Copy the path item in place of one of the references, and rename its operations.',
  },
  {
    what: 'a name that clients need for something else',
    paths: `  /a:
    get: { operationId: then, ${OK} }
`,
    code: 'ERR_CONTRACT_OPERATION_ID_RESERVED',
    at: 'openapi.yaml:6:12',
    message: "No operation can be called 'then', since clients have something else of that name",
    hint: 'Rename it: a verb and what it is done to make a good name.',
  },
  {
    what: 'two paths that match the same requests',
    paths: `  /todos/{id}/items/{item}:
    get: { operationId: one, parameters: [{ name: id, in: path, required: true }, { name: item, in: path, required: true }], ${OK} }
  /todos/{todo}/items/{number}:
    put: { operationId: two, parameters: [{ name: todo, in: path, required: true }, { name: number, in: path, required: true }], ${OK} }
`,
    code: 'ERR_CONTRACT_PATH_COLLISION',
    at: 'openapi.yaml:7:3',
    message:
      "The paths '/todos/{todo}/items/{number}' and '/todos/{id}/items/{item}' (openapi.yaml:5:3) collide: both match '/todos/x/items/x'",
    hint: 'Join them into one path, or give one of them a literal segment. The names of parameters make no difference.',
  },
  {
    what: 'a path that the host answers',
    paths: `  /.backstage/auth/v1/jwks.json:
    get: { operationId: one, ${OK} }
`,
    code: 'ERR_CONTRACT_PATH_RESERVED',
    at: 'openapi.yaml:5:3',
    message: "The path '/.backstage/auth/v1/jwks.json' is answered by the host in every plugin",
    hint: "Choose another path. Reserved are '/openapi.json' and everything below '/.backstage'.",
  },
  {
    what: 'a path with a brace too many',
    paths: `  /todos/{id}}:
    get: { operationId: one, parameters: [{ name: id, in: path, required: true }], ${OK} }
`,
    code: 'ERR_CONTRACT_PATH_INVALID',
    at: 'openapi.yaml:5:3',
    message: "The path '/todos/{id}}' cannot be served: a brace in it has no partner",
    hint: "Write '/todos/{id}': it begins with a slash, and each parameter has a name of its own between braces.",
  },
  {
    what: 'a path parameter that is not declared',
    paths: `  /todos/{todoId}:
    get: { operationId: one, ${OK} }
`,
    code: 'ERR_CONTRACT_PATH_PARAMETER',
    at: 'openapi.yaml:6:10',
    message: "The parameter 'todoId' of the path '/todos/{todoId}' is not declared",
    hint: "Add 'parameters: [{ name: todoId, in: path, required: true, schema: { type: string } }]' to the path.",
  },
  {
    what: 'a parameter with a value in a value',
    paths: `  /todos:
    get:
      operationId: one
      parameters:
        - { name: filter, in: query, schema: { type: array, items: { type: object } } }
      ${OK}
`,
    code: 'ERR_CONTRACT_PARAMETER',
    at: 'openapi.yaml:9:11',
    message: "The parameter 'filter' has a value inside of a value, for which no style of OpenAPI has a form",
    hint: "Flatten it, or describe it by 'content: { application/json: { schema: … } }' to have it written as JSON.",
  },
  {
    what: 'a parameter that is there twice',
    paths: `  /todos:
    get:
      operationId: one
      parameters:
        - { name: If-Match, in: header }
        - { name: if-match, in: header }
      ${OK}
`,
    code: 'ERR_CONTRACT_PARAMETER_DUPLICATE',
    at: 'openapi.yaml:10:11',
    message: "The parameter 'if-match' stands twice in the headers of one operation",
    hint: 'Remove one. Names of headers are the same in upper and lower case.',
  },
  {
    what: 'a body where there is none',
    paths: `  /todos:
    get:
      operationId: one
      requestBody: { content: { application/json: {} } }
      ${OK}
`,
    code: 'ERR_CONTRACT_BODY_DESCRIPTION',
    at: 'openapi.yaml:8:7',
    message: 'Clients cannot send a body with GET',
    hint: 'Take POST, or query parameters.',
  },
  {
    what: 'a response without a body that has one',
    paths: `  /todos:
    put:
      operationId: one
      responses:
        '204': { description: Done, content: { application/json: {} } }
`,
    code: 'ERR_CONTRACT_RESPONSE_DESCRIPTION',
    at: 'openapi.yaml:9:9',
    message: 'Responses of status 204 have no body',
    hint: "Remove its 'content', or choose another status.",
  },
  {
    what: 'a type that does not exist',
    paths: `  /todos:
    get: { operationId: one, parameters: [{ name: a, in: query, schema: { type: text } }], ${OK} }
`,
    code: 'ERR_CONTRACT_SCHEMA',
    at: 'openapi.yaml:6:75',
    message: "'text' is no type",
    hint: 'Types are null, boolean, object, array, number, integer, string.',
  },
  {
    what: 'security that the host does not know',
    paths: `  /todos:
    get: { operationId: one, security: [{ key: [] }], ${OK} }
components:
  securitySchemes:
    key: { type: apiKey, in: header, name: X-Key }
`,
    code: 'ERR_CONTRACT_SECURITY',
    at: 'openapi.yaml:9:10',
    message: "The host cannot demand the security scheme 'key' (apiKey header)",
    hint:
      "Use a scheme of type http, scheme bearer ('bearer: []', or 'bearer: [user]' and 'bearer: [service]' for one kind of " +
      "callers), as an alternative one of type apiKey in the cookie 'backstage-auth', or 'security: []' for everybody.",
  },
  {
    what: 'pages by a parameter that does not exist',
    paths: `  /todos:
    get:
      operationId: one
      x-pagination: { parameter: cursor, next: /next, items: /items }
      ${OK}
`,
    code: 'ERR_CONTRACT_PAGINATION',
    at: 'openapi.yaml:8:23',
    message: "There is no query parameter 'cursor'",
    hint:
      "Write 'x-pagination: { parameter: cursor, next: /nextCursor, items: /items }': a query parameter of the operation, " +
      'and two JSON pointers into the body of its successful response, of which the second leads to a list.',
  },
  {
    what: 'a date of deprecation that is none',
    paths: `  /todos:
    get: { operationId: one, deprecated: true, x-deprecated-since: last year, ${OK} }
`,
    code: 'ERR_CONTRACT_DEPRECATION',
    at: 'openapi.yaml:6:48',
    message: "'x-deprecated-since' is no date",
    hint: "Write 'deprecated: true', and beside it 'x-deprecated-since: 2026-01-31' and 'x-sunset: 2027-01-31' if you like.",
  },
  {
    what: 'alternatives that the discriminator does not tell apart',
    paths: `  /todos: { put: { operationId: one, requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }, ${OK} } }
components:
  schemas:
    Cat: { type: object, properties: { kind: { type: string } } }
    Dog: { type: object }
    Pet:
      oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }]
      discriminator: { propertyName: kind }
`,
    code: 'ERR_CONTRACT_DISCRIMINATOR',
    at: 'openapi.yaml:11:53',
    message: "'Dog' has no property 'kind', by which the discriminator tells it from others",
    hint: "Add 'kind: { type: string, const: … }' to its properties, and to its 'required'.",
  },
  {
    what: 'a schema that is nothing but itself',
    paths: `  {}
components:
  schemas:
    One: { allOf: [{ $ref: '#/components/schemas/Two' }] }
    Two: { $ref: '#/components/schemas/One' }
`,
    code: 'ERR_CONTRACT_ENDLESS_REFERENCE',
    at: 'openapi.yaml:8:5',
    message: "The schema 'One' refers to itself and to nothing else, so no value can be told to fit",
    hint: 'Let the way round lead through a property or an item.',
  },
  {
    what: 'a schema that is meant by other means than $ref',
    paths: `  {}
components:
  schemas:
    One: { $dynamicRef: '#node' }
`,
    code: 'ERR_CONTRACT_UNSUPPORTED',
    at: 'openapi.yaml:8:12',
    message: "'$dynamicRef' is not supported",
    hint: 'Name the schema in components.schemas, and refer to it with $ref.',
  },
  {
    what: 'a reference that leads nowhere',
    paths: `  /todos:
    get: { operationId: one, responses: { '200': { $ref: '#/components/responses/Todos' } } }
`,
    code: 'ERR_CONTRACT_REFERENCE',
    at: 'openapi.yaml:6:52',
    message:
      "The reference '#/components/responses/Todos' leads nowhere: there is no '/components/responses/Todos' in openapi.yaml",
    hint: "Write a JSON pointer such as '#/components/schemas/Name', or 'file.yaml#/pointer' relative to this file.",
  },
  {
    what: 'a reference to another machine',
    paths: `  {}
components:
  schemas:
    One: { $ref: 'https://example.com/schemas.yaml#/One' }
`,
    code: 'ERR_CONTRACT_REMOTE_REFERENCE',
    at: 'openapi.yaml:8:12',
    message:
      "The reference 'https://example.com/schemas.yaml#/One' leads to another machine; what is generated would change with it",
    hint: 'Keep a copy of the file beside the contract, and refer to that.',
  },
  {
    what: 'a file that is not there',
    paths: `  {}
components:
  schemas:
    One: { $ref: 'schemas.yaml#/One' }
`,
    code: 'ERR_CONTRACT_FILE',
    at: 'openapi.yaml:8:12',
    message: 'Cannot read schemas.yaml: ENOENT',
    hint: 'Correct the name of the file, or add it. Names in references are relative to the file that they stand in.',
  },
  {
    what: 'a misspelt key',
    paths: `  /todos:
    put: { operationId: one, requestbody: { content: {} }, ${OK} }
`,
    code: 'ERR_CONTRACT_STRUCTURE',
    at: 'openapi.yaml:6:30',
    message: "OpenAPI does not know 'requestbody' here",
    hint: "Did you mean 'requestBody'?",
  },
];

it.each(refusals)('refuses $what', ({ paths, code, at, message, hint }) => {
  const problems = problemsOf(HEAD + paths);

  expect(problems.map((problem) => ({ ...problem, source: problem.source && formatSource(problem.source) }))).toEqual([
    { code, message, hint, source: at },
  ]);
});

it('refuses what is not YAML, and what is not OpenAPI 3.1 or 3.0', () => {
  expect(problemsOf('openapi: 3.1.0\npaths: {\ninfo: ]\n')[0]).toMatchObject({
    code: 'ERR_CONTRACT_SYNTAX',
    source: { file: 'openapi.yaml', line: 3 },
  });
  expect(problemsOf('swagger: "2.0"\n')).toMatchObject([
    { code: 'ERR_CONTRACT_VERSION', message: 'The document is of Swagger 2.0', source: { line: 1, column: 1 } },
  ]);
  expect(problemsOf('openapi: 4.0.0\n')[0]).toMatchObject({
    message: 'The document is of OpenAPI "4.0.0"',
    hint: "Write 'openapi: 3.1.0'. OpenAPI 3.0 is read too; convert older documents first.",
  });
});

test('all that is wrong is told at once, in the order of the places where it is used', () => {
  const text = `${HEAD}  /todos/{id}:
    get:
      parameters: [{ name: idd, in: path, required: true, schema: { type: strng } }]
      ${OK}
    post: { operationId: createTodo, requestBody: { content: { application/json: { schema: { nullable: true } } } } }
`;
  const folder = contractFolder({ 'openapi.yaml': text });
  const file = path.join(folder, 'openapi.yaml');

  const refusal = (): unknown => readContract(file, { pluginId: 'todo' });

  expect(refusal).toThrow(ProblemsError);
  expect(refusal).toThrow(expect.objectContaining({ code: 'ERR_CONTRACT_INVALID' }));
  let shown = '';
  try {
    refusal();
  } catch (error) {
    shown = formatError(error).replaceAll(`${folder}/`, '');
  }
  expect(shown).toContain('There are 7 problems with the contract');
  expect(shown).toContain('openapi.yaml:7:69');
  expect(shown).toContain("Did you mean 'idd', which is declared?");
});
