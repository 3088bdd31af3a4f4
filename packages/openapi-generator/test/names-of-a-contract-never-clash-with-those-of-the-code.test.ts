import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from '@jest/globals';
import { emitClientModules } from '../src/emit/client/emit-client.ts';
import { emitServer } from '../src/emit/server/emit-server.ts';
import { createTypeWriter } from '../src/types/create-type-writer.ts';
import { codeFolder, compile } from './compile.ts';
import { contract, modelOf } from './contracts.ts';

const NAMES = [
  ...['Handler', 'Credentials', 'UserPrincipal', 'ServicePrincipal', 'NonePrincipal', 'HttpStatus', 'ResponseHeaders'],
  ...['StreamedBody', 'ServerSentEvent', 'Readable', 'File', 'Blob', 'ReadableStream', 'Uint8Array', 'AsyncIterable'],
  ...['Promise', 'Record', 'Readonly', 'Exclude', 'AsyncIterableIterator', 'StreamedRequestBody', 'CallOptions'],
  ...['ClientClass', 'CalledOperation', 'TodoClient', 'TodoHandlers', 'TodoResponses', 'ListTodosRequest', 'Object'],
  ...['ListTodosResponse', 'UploadRequest', 'string', 'type', 'default', 'Array', 'Error'],
];

it('neither with imports and globals, nor with the types of operations', async () => {
  const everything = { type: 'object', properties: Object.fromEntries(NAMES.map((name) => [name, ref(name)])) };
  const json = (schema: object): object => ({ 'application/json': { schema } });
  const model = modelOf(
    contract(
      {
        '/todos': {
          get: {
            operationId: 'listTodos',
            'x-pagination': { parameter: 'cursor', next: '/next', items: '/items' },
            parameters: [{ name: 'cursor', in: 'query', schema: { type: 'string' } }],
            responses: {
              200: {
                description: 'A page',
                content: json({
                  type: 'object',
                  properties: { next: { type: 'string' }, items: { type: 'array', items: ref('Record') } },
                }),
              },
              '4XX': { description: 'Error', content: json(everything) },
              404: { description: 'Error', content: json(everything) },
            },
          },
          post: {
            operationId: 'upload',
            requestBody: {
              content: {
                'multipart/form-data': {
                  schema: { type: 'object', properties: { a: { type: 'string', format: 'binary' } } },
                },
                'application/octet-stream': {},
                'application/json': { schema: everything },
              },
            },
            responses: {
              200: { description: 'A stream', content: { 'application/octet-stream': {} } },
              201: { description: 'Events', content: { 'text/event-stream': { schema: ref('Promise') } } },
              204: { description: 'Nothing' },
            },
          },
          delete: { operationId: 'delete', responses: { 204: { description: 'Nothing' } } },
        },
      },
      {
        schemas: Object.fromEntries(
          NAMES.map((name) => [name, { type: 'object', properties: { a: { type: 'string' } } }]),
        ),
      },
    ),
  );
  const folder = codeFolder('names');
  write(path.join(folder, 'server'), await emitServer(model, createTypeWriter(model, { input: 'parsed' })));
  write(path.join(folder, 'client'), await emitClientModules(model, createTypeWriter(model, { input: 'request' })));
  await expect(compile(folder)).resolves.toBe('');
});

function ref(name: string): object {
  return { $ref: `#/components/schemas/${name}` };
}

function write(folder: string, files: ReadonlyMap<string, string>): void {
  mkdirSync(folder);
  for (const [name, text] of files) {
    writeFileSync(path.join(folder, name), text);
  }
}
