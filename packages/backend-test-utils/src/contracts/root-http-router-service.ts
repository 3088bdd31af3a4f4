import { describe, expect, it } from '@jest/globals';
import type { RootHttpRouterService } from '@bulkhead/backend-plugin-api';
import express, { type Application } from 'express';
import request from 'supertest';
import { subjectPerTest, type ContractSubject, type CreateSubject } from './subject.ts';

/** A root router, and how to reach it. */
export interface RootHttpRouterServiceSubject extends ContractSubject<RootHttpRouterService> {
  /** What serves the paths that are mounted: an application, or the URL of a server. */
  readonly target: Application | string;
}

/** Contract of {@link RootHttpRouterService}. */
export function describeRootHttpRouterService(name: string, create: CreateSubject<RootHttpRouterServiceSubject>): void {
  describe(`${name} as a RootHttpRouterService`, () => {
    const subject = subjectPerTest(create);

    it('serves a router below its path, to everybody', async () => {
      const { service, target } = subject();
      const router = express.Router();
      router.get('/:page', (req, res) => void res.json([req.baseUrl, req.url, req.params.page]));
      service.use('/docs', router);
      expect((await request(target).get('/docs/first?x=1')).body).toEqual(['/docs', '/first?x=1', 'first']);
      expect((await request(target).get('/elsewhere')).status).toBe(404);
    });

    it('takes a path for its whole segments', async () => {
      const { service, target } = subject();
      service.use('/docs', (_req, res) => void res.send('docs'));
      service.use('/docsy', (_req, res) => void res.send('docsy'));
      expect((await request(target).get('/docs/x')).text).toBe('docs');
      expect((await request(target).get('/docsy/x')).text).toBe('docsy');
    });

    it('refuses a path that would shadow another one, or be shadowed by it', () => {
      const { service } = subject();
      service.use('/docs/guide', () => {});
      for (const path of ['/docs/guide', '/docs/guide/part', '/docs']) {
        expect(() => service.use(path, () => {})).toThrow(expect.objectContaining({ code: expect.any(String) }));
      }
    });

    it('serves an application of another framework below its path', async () => {
      const { service, target } = subject();
      service.mount('/docs', ({ pluginId, mountPath }) => ({
        handle: (incoming, response, next) =>
          incoming.url === '/known' ? void response.end(`${mountPath} ${String(pluginId)}`) : next(),
      }));
      expect((await request(target).get('/docs/known')).text).toBe('/docs undefined');
      expect((await request(target).get('/docs/unknown')).status).toBe(404);
      expect(() => service.mount('/docs/more', () => ({ handle: () => {} }))).toThrow();
    });

    it('answers with the error that a handler throws', async () => {
      const { service, target } = subject();
      service.use('/broken', () => {
        throw new TypeError('the secret of the handler');
      });
      const response = await request(target).get('/broken');
      expect(response.status).toBe(500);
      expect(response.body).toMatchObject({ response: { statusCode: 500 } });
      expect(response.text).not.toContain('secret');
    });
  });
}
