import { beforeAll, describe, expect, it } from '@jest/globals';
import { mockCredentials, type TestBackend } from '@bulkhead/backend-test-utils';
import type { GalleryClient } from './fixtures/gallery/gallery-node/src/generated/client.ts';
import { galleryClient, PICTURE, startGallery } from './gallery.ts';

let backend: TestBackend;
let gallery: GalleryClient;

beforeAll(async () => {
  backend = await startGallery();
  gallery = galleryClient(backend);
});

describe('parameters', () => {
  it('come through in each style', async () => {
    const path = { cell: [1, 2], range: [3, 4], where: { x: 5, y: 6 } };
    const query = {
      pipes: ['a', 'b c'],
      spaces: ['a|b', 'c'],
      point: { x: 1.5, y: -2 },
      filter: { deep: [1, 2] },
      labels: { colour: 'red', 'a&b': 'ü=1' },
    };
    await expect(gallery.readGrid({ path, query })).resolves.toEqual({ path, query });
  });

  it('have their defaults, arrays and objects', async () => {
    const { headers } = await gallery.responses.listPictures({
      query: { tags: ['a', 'b,c'], sizes: [1, 2], near: { lat: 1.5, lon: 2 }, draft: true },
    });
    expect(JSON.parse(headers['x-query']!)).toEqual({
      tags: ['a', 'b,c'],
      sizes: [1, 2],
      near: { lat: 1.5, lon: 2 },
      draft: true,
      sort: 'newest',
      limit: 10,
    });
  });

  it('are optional where the contract has it so', async () => {
    const { headers } = await gallery.responses.listPictures();
    expect(JSON.parse(headers['x-query']!)).toEqual({ sort: 'newest', limit: 10 });
  });

  it('stand in headers and cookies', async () => {
    const { headers } = await gallery.responses.getPicture({ path: { id: 3 }, headers: { 'x-flags': [true, false] } });
    expect(headers).toMatchObject({ etag: '"1"', 'x-got': '[true,false]' });
    const session = '0b9ff7a0-1111-4222-8333-000000000000';
    const deleted = await gallery.responses.deletePicture({ path: { id: 3 }, cookies: { session } });
    expect(deleted).toMatchObject({ status: 204, body: undefined, headers: { 'x-session': session } });
  });

  it('that break the contract are all told', async () => {
    const response = await backend.agent.get('/api/gallery/pictures?limit=0&sort=up&near[lat]=100&sizes=1,x&other=1');
    expect(response.status).toBe(400);
    const text = JSON.stringify(response.body);
    for (const pointer of [
      '/query/limit',
      '/query/sort',
      '/query/near/lat',
      '/query/near/lon',
      '/query/sizes/1',
      '/query/other',
    ]) {
      expect(text).toContain(pointer);
    }
  });

  it('that the contract does not name are let through where it says so', async () => {
    await backend.agent.get('/api/gallery/old?other=1').expect(200);
  });
});

describe('bodies in JSON', () => {
  it('lose what is read only on the way in, and what is written only on the way out', async () => {
    const { body, headers } = await gallery.responses.createPicture({
      body: { title: null, kind: 'drawing', key: 'hunter2', owner: { name: 'a-b', secret: 'hidden' } },
    });
    expect(headers).toMatchObject({ location: '/api/gallery/pictures/7', 'x-count': '7' });
    expect(body).toEqual({ id: 7, title: null, kind: 'drawing', rating: 0.5, sort: 'newest', owner: { name: 'a-b' } });

    const raw = { id: 99, title: 'Rope', kind: 'photo', owner: { name: 'a', createdAt: 'never' } };
    const response = await backend.agent.post('/api/gallery/pictures').send(raw).expect(201);
    expect(response.headers['x-keys']).not.toContain('id');
    expect(response.body).toMatchObject({ id: 7, owner: { name: 'a' } });
    expect(response.body.owner).not.toHaveProperty('createdAt');
  });

  it('never give away what is written only, whatever the handler returns', async () => {
    const body = { name: 'ada', secret: 'hunter2', email: 'ada@example.com' };
    await expect(gallery.createAccount({ body })).resolves.toEqual({
      name: 'ada',
      email: 'ada@example.com',
      createdAt: '2026-01-01T00:00:00Z',
    });
  });

  it('have unions that one property tells apart, with the defaults of the branch', async () => {
    await expect(gallery.measureShape({ body: { kind: 'circle', radius: 2 } })).resolves.toEqual({
      shape: { kind: 'circle', radius: 2, colour: 'red' },
      area: 4,
    });
    await expect(gallery.measureShape({ body: { kind: 'square', width: 3 } })).resolves.toMatchObject({ area: 9 });
    await expect(gallery.measureShape({ body: { kind: 'Line' } })).resolves.toMatchObject({ area: null });
    const unknown = await backend.agent.post('/api/gallery/shapes').send({ kind: 'star' }).expect(400);
    expect(JSON.stringify(unknown.body)).toContain('circle');
    await backend.agent.post('/api/gallery/shapes').send({ kind: 'Line', length: 1 }).expect(400);
    await backend.agent.post('/api/gallery/shapes').send({ kind: 'circle', radius: 0 }).expect(400);
  });

  it('may lead back to themselves, across files', async () => {
    const body = { label: 'a', children: [{ label: 'b' }, { label: 'c', children: [{ label: 'd' }] }] };
    await expect(gallery.countTree({ body })).resolves.toBe(4);
    const wrong = await backend.agent.post('/api/gallery/trees').send({ label: 'a', children: [{ label: '' }] });
    expect(wrong.status).toBe(400);
    expect(JSON.stringify(wrong.body)).toContain('/body/children/0/label');
  });

  it('may be merge patches', async () => {
    const path = { id: 3 };
    await expect(gallery.updatePicture({ path, body: { title: null, rating: 0.07 } })).resolves.toEqual({
      ...PICTURE,
      id: 3,
      title: null,
      rating: 0.07,
    });
  });

  it('keep to their formats', async () => {
    const wrong = {
      title: 'x'.repeat(21),
      kind: 'painting',
      rating: 0.123,
      taken: 'today',
      day: '2026-02-30',
      thumbnail: '?',
      key: 'abc',
    };
    const { status, body } = await backend.agent.post('/api/gallery/pictures').send(wrong);
    expect(status).toBe(400);
    for (const name of Object.keys(wrong)) {
      expect(JSON.stringify(body)).toContain(`/body/${name}`);
    }
  });
});

describe('other bodies', () => {
  it('are forms', async () => {
    const body = { text: 'a & b', tags: ['x', 'y'] };
    await expect(gallery.searchPictures({ body })).resolves.toEqual({ ...body, limit: 5 });
  });

  it('are files among other fields', async () => {
    const cover = new File(['cover'], 'cover.png', { type: 'image/png' });
    const others = [new File(['one'], 'one.txt', { type: 'text/plain' }), new File(['two'], 'two.bin')];
    await expect(
      gallery.uploadFiles({ body: { cover, others, title: 'Rope', about: { year: 2026 } } }),
    ).resolves.toEqual({
      title: 'Rope',
      year: 2026,
      files: ['cover.png image/png cover', 'one.txt text/plain one', expect.stringContaining('two')],
    });
    const { status, body } = await backend.agent
      .post('/api/gallery/uploads')
      .field('cover', 'text')
      .field('title', 'x');
    expect(status).toBe(400);
    expect(JSON.stringify(body)).toContain('/body/cover');
  });

  it('are texts, or whatever else the contract allows', async () => {
    const path = { name: 'rope' };
    await expect(gallery.writeNote({ path, body: 'läuft' })).resolves.toBe('läuft');
    await expect(
      gallery.writeNote({ path, contentType: 'application/json', body: { lines: ['a', 'b'] } }),
    ).resolves.toBe('a\nb');
    await expect(gallery.writeNote({ path })).resolves.toBe('nothing about rope');
    await expect(gallery.readNote({ path, query: { as: 'lines' } })).resolves.toEqual(['one', 'two']);
    await expect(gallery.readNote({ path })).resolves.toBe('one\ntwo');
  });

  it('are streamed both ways', async () => {
    const size = 3_000_000;
    async function* image(): AsyncGenerator<Uint8Array> {
      for (let sent = 0; sent < size; sent += 100_000) {
        yield new Uint8Array(100_000);
      }
    }
    const uploaded = await gallery.uploadImage({ path: { id: 1 }, contentType: 'image/webp', body: image() });
    expect(uploaded).toEqual({ type: 'image/webp', bytes: size });

    let received = 0;
    for await (const chunk of await gallery.downloadImage({ path: { id: 9 }, query: { bytes: size } })) {
      expect(chunk.every((byte) => byte === 9)).toBe(true);
      received += chunk.byteLength;
    }
    expect(received).toBe(size);
  });

  it('are events', async () => {
    const data: unknown[] = [];
    for await (const event of await gallery.watchPictures({ query: { count: 2 } })) {
      data.push(event.data);
    }
    expect(data).toEqual([
      { type: 'added', title: 'Picture 0' },
      { type: 'removed', id: 1 },
    ]);
  });
});

describe('lists', () => {
  it('go from page to page', async () => {
    const ids: number[] = [];
    for await (const { id } of gallery.paginateListPictures({ query: { limit: 2 } })) {
      ids.push(id);
    }
    expect(ids).toEqual([1, 2, 3, 4, 5, 6]);
  });
});

describe('statuses', () => {
  it('are what the contract names, ranges and default included', async () => {
    await expect(gallery.answerWith({ path: { status: 202 } })).resolves.toEqual({ later: true });
    await expect(gallery.answerWith({ path: { status: 418 } })).rejects.toMatchObject({ code: 'ERR_TEA' });
    await expect(gallery.answerWith({ path: { status: 507 } })).rejects.toMatchObject({ name: expect.any(String) });
    const { status, headers } = await gallery.responses.answerWith({ path: { status: 303 } });
    expect({ status, location: headers['location'] }).toEqual({ status: 303, location: 'elsewhere' });
    await expect(gallery.getPicture({ path: { id: 1 }, headers: { 'if-none-match': '"1"' } })).rejects.toMatchObject({
      name: 'NotModifiedError',
    });
  });

  it('tell of operations that are on their way out', async () => {
    const { headers, body } = await gallery.responses.readOld();
    expect(body).toEqual({ old: true });
    expect(headers['deprecation']).toBe(`@${Date.parse('2026-01-01') / 1_000}`);
    expect(headers['sunset']).toBe('Fri, 01 Jan 2027 00:00:00 GMT');
  });
});

describe('callers', () => {
  it('are whom the contract lets in', async () => {
    const nobody = galleryClient(backend, mockCredentials.none());
    await expect(nobody.ping()).resolves.toBe('pong');
    await expect(nobody.watchPictures({ query: { count: 0 } })).resolves.toBeDefined();
    await expect(nobody.listPictures()).rejects.toMatchObject({ name: 'AuthenticationError' });
    await expect(gallery.touch()).rejects.toMatchObject({ name: 'NotAllowedError' });
    const service = galleryClient(backend, mockCredentials.service('plugin:other'));
    const { status, headers } = await service.responses.touch({ body: { reason: 'because' } });
    expect({ status, headers }).toMatchObject({
      status: 202,
      headers: { 'x-reason': 'because', 'x-subject': 'plugin:other' },
    });
  });
});
