import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from '@jest/globals';
import { ProblemsError, type Problem } from '@bulkhead/errors';
import type { ContractModel } from '../src/model/contract-model.ts';
import { readContract } from '../src/read/read-contract.ts';

const created: string[] = [];

afterAll(() => {
  created.forEach((folder) => rmSync(folder, { recursive: true, force: true }));
});

/** A folder with the files of a contract, removed after the tests of the file. Objects become JSON. */
export function contractFolder(files: Readonly<Record<string, string | object>>): string {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'bulkhead-contract-')));
  created.push(folder);
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content, null, 2));
  }
  return folder;
}

/** The model of a contract, which stands in `openapi.yaml` and in further files. */
export function modelOf(
  content: string | object,
  files: Readonly<Record<string, string | object>> = {},
): ContractModel {
  const folder = contractFolder({ 'openapi.yaml': content, ...files });
  return readContract(path.join(folder, 'openapi.yaml'), { pluginId: 'todo' });
}

/** What is wrong with a contract; files are named without their folder. */
export function problemsOf(
  content: string | object,
  files: Readonly<Record<string, string | object>> = {},
): readonly Problem[] {
  const folder = contractFolder({ 'openapi.yaml': content, ...files });
  const withoutFolder = (text: string): string => text.replaceAll(`${folder}/`, '');
  try {
    readContract(path.join(folder, 'openapi.yaml'), { pluginId: 'todo' });
  } catch (error) {
    if (error instanceof ProblemsError) {
      return error.problems.map((problem) => ({
        ...problem,
        message: withoutFolder(problem.message),
        source: problem.source && { ...problem.source, file: withoutFolder(problem.source.file) },
      }));
    }
    throw error;
  }
  return [];
}

/** A contract with some paths and components, as an object. */
export function contract(paths: object, components: object = {}): Record<string, unknown> {
  return { openapi: '3.1.0', info: { title: 'todo', version: '1.0.0' }, security: [], paths, components };
}

/** A contract of one operation, `POST /todos`, that takes and answers a schema. */
export function contractOf(schema: unknown, schemas: object = {}): Record<string, unknown> {
  const content = { 'application/json': { schema } };
  return contract(
    {
      '/todos': {
        post: {
          operationId: 'createTodo',
          requestBody: { required: true, content },
          responses: { 200: { description: 'Done', content } },
        },
      },
    },
    { schemas },
  );
}
