import { describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { mockCredentials, mockServices } from '../index.ts';

describe('mockServices.httpRouter', () => {
  it('refuses what no policy opens and answers errors as a host does', async () => {
    const router = mockServices.httpRouter({ pluginId: 'todo' });
    router.addAuthPolicy({ path: '/open', allow: 'unauthenticated' });
    router.use((req, res) => void res.json({ path: req.path }));
    await request(router.app).get('/api/todo/open/door').expect(200, { path: '/open/door' });
    await request(router.app).get('/api/todo/openness').expect(401);
    await request(router.app).get('/api/todo/a').set('authorization', mockCredentials.user().header).expect(200);
    const { body } = await request(router.app).get('/other').expect(404);
    expect(body).toMatchObject({ error: { name: 'NotFoundError' }, request: { method: 'GET', url: '/other' } });
  });

  it('lets everybody in as somebody if asked to', async () => {
    const router = mockServices.httpRouter({ defaultCredentials: mockCredentials.service() });
    router.use((_req, res) => void res.json({}));
    await request(router.app).get('/api/test').expect(200);
  });
});

describe('mockServices.rootHttpRouter', () => {
  it('serves what was mounted and refuses what would shadow it', async () => {
    const router = mockServices.rootHttpRouter();
    router.use('/metrics', (_req, res) => void res.send('up 1'));
    expect(() => router.use('/metrics/today', () => {})).toThrow(
      expect.objectContaining({ code: 'ERR_TEST_PATH_CONFLICT' }),
    );
    await request(router.app).get('/metrics').expect(200, 'up 1');
  });
});
