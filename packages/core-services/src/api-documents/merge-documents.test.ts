import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '@bulkhead/types';
import { mergeDocuments, type PluginDocument } from './merge-documents.ts';

const baseUrl = 'https://host.example.com';

function documentOf(pluginId: string, document: JsonObject, host = baseUrl): PluginDocument {
  return { pluginId, document: { openapi: '3.1.0', servers: [{ url: `${host}/api/${pluginId}` }], ...document } };
}

function merge(...documents: PluginDocument[]): JsonObject {
  return mergeDocuments({ baseUrl, documents, unavailable: [] });
}

const secured = (scheme: JsonObject): JsonObject => ({ components: { securitySchemes: { bearer: scheme } } });

describe('a merged document', () => {
  it('has everything of all plugins, in the order of their ids', () => {
    const paths = { '/': { get: { operationId: 'read' } } };
    const components = { schemas: { Thing: {} } };
    expect(merge(documentOf('b', { paths, components }), documentOf('a', { paths, components }))).toMatchObject({
      servers: [{ url: baseUrl }],
      tags: [{ name: 'a' }, { name: 'b' }],
      paths: { '/api/a': { get: { operationId: 'a.read' } }, '/api/b': { get: { operationId: 'b.read' } } },
      components: { schemas: { 'a.Thing': {}, 'b.Thing': {} } },
    });
  });

  it('says of which plugins it knows nothing', () => {
    const unavailable = [{ pluginId: 'digest', reason: 'cannot be reached' }];
    const merged = mergeDocuments({ baseUrl, documents: [], unavailable });
    expect(merged).toMatchObject({ 'x-unavailable-plugins': unavailable });
    expect((merged.info as JsonObject).description).toContain('`digest` cannot be reached');
    expect(merge()).not.toHaveProperty('x-unavailable-plugins');
  });

  it('tells where plugins are that users reach at another host', () => {
    const paths = { '/x': {} };
    const elsewhere = documentOf('far', { paths }, 'https://far.example.com');
    const odd = documentOf('odd', { paths, servers: [{ url: 'https://odd.example.com' }] });
    expect(merge(documentOf('near', { paths }), elsewhere, odd).paths).toEqual({
      '/api/near/x': {},
      '/api/far/x': { servers: [{ url: 'https://far.example.com' }] },
      '/api/odd/x': {},
    });
  });

  it('asks for a token once where all plugins take the same', () => {
    const http = { type: 'http', scheme: 'bearer' };
    expect(merge(documentOf('a', secured(http)), documentOf('b', secured({ ...http })))).toMatchObject({
      components: { securitySchemes: { bearer: http } },
    });
    const other = { type: 'http', scheme: 'basic' };
    expect(merge(documentOf('a', secured(http)), documentOf('b', secured(other))).components).toEqual({
      securitySchemes: { 'a.bearer': http, 'b.bearer': other },
    });
  });
});
