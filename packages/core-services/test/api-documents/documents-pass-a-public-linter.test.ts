import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { JsonObject } from '@bulkhead/types';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mergeDocuments } from '../../src/api-documents/index.ts';
import { noteContract, todoContract } from './contracts.ts';
import { lintDocument } from './lint-document.ts';

const baseUrl = 'https://host.internal';
const at = (pluginId: string): object => ({ servers: [{ url: `${baseUrl}/api/${pluginId}` }] });
const todo = { ...todoContract, ...at('todo') };
const note = { ...noteContract, ...at('note') };

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bulkhead-lint-'));
});

afterAll(() => rm(folder, { recursive: true }));

async function lint(document: JsonObject): Promise<string[]> {
  const file = join(folder, 'openapi.json');
  await writeFile(file, JSON.stringify(document));
  return lintDocument(file);
}

it('a document of one plugin', async () => {
  expect(await lint(todo)).toEqual([]);
  expect(await lint(note)).toEqual([]);
});

it('a document of all plugins, and one that lacks some', async () => {
  const documents = [
    { pluginId: 'todo', document: todo },
    { pluginId: 'note', document: note },
  ];
  expect(await lint(mergeDocuments({ baseUrl, documents, unavailable: [] }))).toEqual([]);
  const unavailable = [{ pluginId: 'digest', reason: 'cannot be reached' }];
  expect(await lint(mergeDocuments({ baseUrl, documents, unavailable }))).toEqual([]);
});

it('while a faulty one does not', async () => {
  const { paths: _, ...rest } = todo;
  expect(await lint({ ...rest, info: {} })).not.toEqual([]);
});
