import { expect, it } from '@jest/globals';
import { mergeDocuments } from '../../src/api-documents/index.ts';
import { noteContract, todoContract } from './contracts.ts';
import { lintDocument } from './lint-document.ts';

const baseUrl = 'https://host.internal';
const at = (pluginId: string): object => ({ servers: [{ url: `${baseUrl}/api/${pluginId}` }] });
const todo = { ...todoContract, ...at('todo') };
const note = { ...noteContract, ...at('note') };

it('a document of one plugin', async () => {
  expect(await lintDocument(todo)).toEqual([]);
  expect(await lintDocument(note)).toEqual([]);
});

it('a document of all plugins, and one that lacks some', async () => {
  const documents = [
    { pluginId: 'todo', document: todo },
    { pluginId: 'note', document: note },
  ];
  expect(await lintDocument(mergeDocuments({ baseUrl, documents, unavailable: [] }))).toEqual([]);
  const unavailable = [{ pluginId: 'digest', reason: 'cannot be reached' }];
  expect(await lintDocument(mergeDocuments({ baseUrl, documents, unavailable }))).toEqual([]);
});

it('while a faulty one does not', async () => {
  const { paths: _, ...rest } = todo;
  expect(await lintDocument({ ...rest, info: {} })).not.toEqual([]);
});
