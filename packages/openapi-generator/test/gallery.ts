import { coreServices, createBackendPlugin, type BackendFeature } from '@bulkhead/backend-plugin-api';
import { createConnection } from '@bulkhead/openapi/client';
import {
  mockCredentials,
  startTestBackend,
  type MockCredentials,
  type TestBackend,
} from '@bulkhead/backend-test-utils';
import { createGalleryRoutes } from './fixtures/gallery/gallery-backend/src/generated/routes.ts';
import type { GalleryHandlers, Picture } from './fixtures/gallery/gallery-backend/src/generated/types.ts';
import { GalleryClient } from './fixtures/gallery/gallery-node/src/generated/client.ts';

/** What every picture is made of. */
export const PICTURE: Picture = { id: 1, title: 'Rope', kind: 'photo' };

/** Handlers that answer with what they were asked, so that tests can look at both sides. */
export const galleryHandlers: GalleryHandlers = {
  listPictures: async ({ query }) => {
    const page = Number(query.cursor ?? 0);
    const items = [0, 1].map((index) => ({
      ...PICTURE,
      id: 2 * page + index + 1,
      title: JSON.stringify(query).slice(0, 20),
    }));
    return {
      status: 200,
      headers: { 'x-query': JSON.stringify(query) },
      body: { items, next: page < 2 ? String(page + 1) : null },
    };
  },
  createPicture: async ({ body, mountPath }) => {
    const { key, owner, ...picture } = body;
    return {
      status: 201,
      headers: { location: `${mountPath}/pictures/7`, 'x-count': key?.length ?? 0, 'x-keys': Object.keys(body).join() },
      body: { ...picture, id: 7, ...(owner && { owner }) },
    };
  },
  getPicture: ({ path, headers }) =>
    headers['if-none-match'] === '"1"'
      ? { status: 304 }
      : {
          status: 200,
          headers: { etag: '"1"', 'x-got': JSON.stringify(headers['x-flags'] ?? null) },
          body: { ...PICTURE, id: path.id },
        },
  updatePicture: ({ path, body }) => ({
    status: 200,
    body: { ...PICTURE, id: path.id, ...body, title: body.title === undefined ? PICTURE.title : body.title },
  }),
  deletePicture: ({ cookies }) => ({ status: 204, headers: { 'x-session': cookies.session } }),
  uploadImage: async ({ body, contentType }) => {
    let bytes = 0;
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      bytes += chunk.byteLength;
    }
    return { status: 200, body: { type: contentType, bytes } };
  },
  downloadImage: ({ query, path }) => ({ status: 200, body: bytes(query.bytes, path.id) }),
  watchPictures: ({ query }) => ({ status: 200, body: events(query.count) }),
  searchPictures: ({ body }) => ({ status: 200, body }),
  uploadFiles: async ({ body: { cover, others = [], title, about } }) => ({
    status: 200,
    body: {
      title,
      ...(about?.year !== undefined && { year: about.year }),
      files: await Promise.all(
        [cover, ...others].map(async (file) => `${file.name} ${file.type} ${await file.text()}`),
      ),
    },
  }),
  writeNote: async (request) => {
    switch (request.contentType) {
      case 'text/plain':
        return { status: 200, body: request.body };
      case 'application/json':
        return { status: 200, body: request.body.lines.join('\n') };
      case undefined:
        return { status: 200, body: `nothing about ${request.path.name}` };
    }
  },
  readNote: ({ query }) =>
    query.as === 'lines'
      ? { status: 200, contentType: 'application/json', body: ['one', 'two'] }
      : { status: 200, contentType: 'text/plain', body: 'one\ntwo' },
  measureShape: ({ body }) => {
    switch (body.kind) {
      case 'circle':
        return { status: 200, body: { shape: body, area: body.radius ** 2 } };
      case 'rect':
      case 'square':
        return { status: 200, body: { shape: body, area: body.width * (body.height ?? body.width) } };
      case 'Line':
        return { status: 200, body: { shape: body, area: null } };
    }
  },
  countTree: ({ body }) => ({ status: 200, body: count(body) }),
  createAccount: ({ body }) => ({ status: 200, body: { ...body, createdAt: '2026-01-01T00:00:00Z' } }),
  readGrid: ({ path, query }) => ({ status: 200, body: { path, query } }),
  ping: ({ credentials }) => ({ status: 200, headers: { 'x-principal': credentials.principal.type }, body: 'pong' }),
  touch: ({ body, credentials }) => ({
    status: 202,
    headers: { 'x-reason': body?.reason ?? 'none', 'x-subject': credentials.principal.subject },
  }),
  answerWith: ({ path: { status } }) => {
    switch (status) {
      case 202:
        return { status: 202, body: { later: true } };
      case 303:
        return { status: 303, headers: { location: 'elsewhere' } };
      case 418:
        return { status: 418, body: { error: { code: 'ERR_TEA', message: 'A teapot', name: 'Teapot' } } };
      default:
        return { status: 507, body: {} };
    }
  },
  readOld: () => ({ status: 200, body: { old: true } }),
};

/** A plugin that serves the contract. */
export function galleryPlugin(handlers: Partial<GalleryHandlers> = {}): BackendFeature {
  return createBackendPlugin({
    pluginId: 'gallery',
    register(env) {
      env.registerInit({
        deps: { httpRouter: coreServices.httpRouter },
        async init({ httpRouter }) {
          httpRouter.serve(createGalleryRoutes({ ...galleryHandlers, ...handlers }));
        },
      });
    },
  });
}

/** A host that serves the contract. */
export async function startGallery(handlers?: Partial<GalleryHandlers>): Promise<TestBackend> {
  return await startTestBackend({ features: [galleryPlugin(handlers)] });
}

/** A client from outside of the host. */
export function galleryClient(
  { url }: TestBackend,
  credentials: MockCredentials<unknown> = mockCredentials.user(),
): GalleryClient {
  return new GalleryClient(createConnection({ baseUrl: `${url}/api/gallery`, token: credentials.token || undefined }));
}

/** Bytes in chunks that differ. */
async function* bytes(length: number, fill: number): AsyncGenerator<Uint8Array> {
  for (let sent = 0; sent < length; sent += 65_536) {
    yield new Uint8Array(Math.min(65_536, length - sent)).fill(fill);
  }
}

async function* events(
  length: number,
): AsyncGenerator<{ data: { type: 'added'; title: string } | { type: 'removed'; id: number }; id: string }> {
  for (let index = 0; index < length; index++) {
    yield {
      id: String(index),
      data: index % 2 === 0 ? { type: 'added', title: `Picture ${index}` } : { type: 'removed', id: index },
    };
  }
}

interface Tree {
  readonly children?: readonly Tree[];
}

function count({ children = [] }: Tree): number {
  return children.reduce((sum, child) => sum + count(child), 1);
}
