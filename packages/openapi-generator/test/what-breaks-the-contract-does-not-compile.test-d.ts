import { createGalleryRoutes } from './fixtures/gallery/gallery-backend/src/generated/routes.ts';
import type {
  AnswerWithResponse,
  GalleryHandlers,
  ListPicturesRequest,
} from './fixtures/gallery/gallery-backend/src/generated/types.ts';
import { type GalleryClient } from './fixtures/gallery/gallery-node/src/generated/client.ts';
import { galleryClientRef } from './fixtures/gallery/gallery-node/src/generated/client-ref.ts';
import type { ServerSentEvent } from '@bulkhead/openapi/client';
import type { ServiceRef } from '@bulkhead/backend-plugin-api';
import type { Event, Picture } from './fixtures/gallery/gallery-node/src/generated/types.ts';

declare const handlers: GalleryHandlers;
declare const gallery: GalleryClient;
declare function expectType<TExpected>(value: TExpected): void;

// Handlers

createGalleryRoutes(handlers);

const { ping: _ping, ...withoutPing } = handlers;
// @ts-expect-error -- an operation is missing
createGalleryRoutes(withoutPing);

// @ts-expect-error -- an operation that the contract does not have
createGalleryRoutes({ ...handlers, pong: () => ({ status: 200, body: 'pong' }) } satisfies GalleryHandlers);

// @ts-expect-error -- a status that the contract does not have
createGalleryRoutes({ ...handlers, ping: () => ({ status: 201, body: 'pong' }) });

// @ts-expect-error -- a body that the contract does not have
createGalleryRoutes({ ...handlers, ping: async () => ({ status: 200, body: 'ping' }) });

// @ts-expect-error -- no body
createGalleryRoutes({ ...handlers, ping: () => ({ status: 200 }) });

// @ts-expect-error -- a body where there is none
createGalleryRoutes({ ...handlers, deletePicture: () => ({ status: 204, body: 'gone' }) });

// @ts-expect-error -- a property of the body is missing
createGalleryRoutes({ ...handlers, uploadImage: () => ({ status: 200, body: { type: 'image/png' } }) });

createGalleryRoutes({
  ...handlers,
  // @ts-expect-error -- a header that the contract asks for is missing
  getPicture: ({ path }) => ({ status: 200, body: { id: path.id, title: '', kind: 'photo' } }),
});

// @ts-expect-error -- several media types, and none is chosen
createGalleryRoutes({ ...handlers, readNote: () => ({ status: 200, body: 'text' }) });

createGalleryRoutes({
  ...handlers,
  readNote: () => ({ status: 200, contentType: 'application/json', body: ['text'], headers: { 'x-other': 1 } }),
});

createGalleryRoutes({
  ...handlers,
  // @ts-expect-error -- the body of the other media type
  readNote: () => ({ status: 200, contentType: 'application/json', body: 'text' }),
});

createGalleryRoutes({
  ...handlers,
  createPicture: async ({ body, credentials, ...request }) => {
    // What has a default is there, what is read only is not.
    expectType<number>(body.rating);
    expectType<string | undefined>(body.key);
    // @ts-expect-error -- read only
    void body.id;
    // @ts-expect-error -- there are no parameters
    void request.query;
    expectType<'user' | 'service'>(credentials.principal.type);
    // @ts-expect-error -- the operation is not open to everybody
    expectType<{ type: 'none' }>(credentials.principal);
    return {
      status: 201,
      headers: { location: '/' },
      // @ts-expect-error -- written only
      body: { id: 1, title: null, kind: 'photo', key: 'secret' } satisfies Picture,
    };
  },
});

declare const list: ListPicturesRequest;
expectType<number>(list.query.limit);
expectType<'newest' | 'oldest'>(list.query.sort);
expectType<string | undefined>(list.query.cursor);

// A status of a range is told from those that are named.
declare const answer: AnswerWithResponse;
if (answer.status === 202) {
  expectType<true>(answer.body.later);
} else if (answer.status === 303) {
  expectType<undefined>(answer.body);
} else if (answer.status === 418 || answer.status === 507) {
  expectType<{ readonly error?: unknown }>(answer.body);
}
// @ts-expect-error -- no status of HTTP
expectType<AnswerWithResponse>({ status: 299, body: {} });

// Clients

export async function calls(): Promise<void> {
  expectType<ServiceRef<GalleryClient>>(galleryClientRef);

  const page = await gallery.listPictures();
  expectType<readonly Picture[]>(page.items);
  expectType<string | null | undefined>(page.next);
  await gallery.listPictures({ query: { limit: 10 } }, { timeout: 100 });

  // @ts-expect-error -- the wrong type
  await gallery.listPictures({ query: { limit: '10' } });
  // @ts-expect-error -- not one of the values
  await gallery.listPictures({ query: { sort: 'up' } });
  // @ts-expect-error -- a parameter that the contract does not have
  await gallery.listPictures({ query: { offset: 1 } });
  // @ts-expect-error -- a part that the operation does not have
  await gallery.listPictures({ path: { id: 1 } });
  // @ts-expect-error -- nothing to say
  await gallery.ping({ query: {} });
  // @ts-expect-error -- the path is missing
  await gallery.getPicture();
  // @ts-expect-error -- a parameter of the path is missing
  await gallery.getPicture({ path: {} });
  // @ts-expect-error -- the cookie is missing
  await gallery.deletePicture({ path: { id: 1 } });
  // @ts-expect-error -- the body is missing
  await gallery.createPicture({});
  // @ts-expect-error -- read only
  await gallery.createPicture({ body: { id: 1, title: '', kind: 'photo' } });
  // @ts-expect-error -- which media type?
  await gallery.uploadImage({ path: { id: 1 }, body: new Uint8Array() });
  // @ts-expect-error -- a media type that the contract does not have
  await gallery.uploadImage({ path: { id: 1 }, contentType: 'text/plain', body: new Uint8Array() });
  // @ts-expect-error -- the body of another media type
  await gallery.writeNote({ path: { name: 'a' }, body: { lines: [] } });
  // @ts-expect-error -- a text is no file
  await gallery.uploadFiles({ body: { title: '', cover: 'cover' } });
  // @ts-expect-error -- the square has no width
  await gallery.measureShape({ body: { kind: 'square', radius: 1 } });
  // @ts-expect-error -- no operation of the contract
  await gallery.listPaintings();

  expectType<ReadableStream<Uint8Array>>(await gallery.downloadImage({ path: { id: 1 }, query: { bytes: 1 } }));
  expectType<AsyncIterable<ServerSentEvent<Event>>>(await gallery.watchPictures());
  expectType<string | readonly string[]>(await gallery.readNote({ path: { name: 'a' } }));
  expectType<void>(await gallery.deletePicture({ path: { id: 1 }, cookies: { session: '' } }));
  for await (const picture of gallery.paginateListPictures()) {
    expectType<Picture>(picture);
  }

  const response = await gallery.responses.answerWith({ path: { status: 202 } });
  if (response.status === 202) {
    expectType<true>(response.body.later);
  } else {
    expectType<303>(response.status);
    expectType<string>(response.headers.location);
  }
  // @ts-expect-error -- errors are thrown, not returned
  expectType<418>(response.status);
}
