import type { HttpAuthService } from '@bulkhead/backend-plugin-api';
import express, { type Router } from 'express';
import type { Digest } from './generated/types.ts';
import { ownerOf } from './handlers.ts';
import type { DigestService } from './service/digest-service.ts';

/** What {@link createTextRouter} stands on. */
export interface TextRouterOptions {
  readonly digests: DigestService;
  readonly httpAuth: HttpAuthService;
}

/** For people at a terminal, and beside the contract: an Express router takes what no operation of it matches. */
export function createTextRouter({ digests, httpAuth }: TextRouterOptions): Router {
  const router = express.Router();
  router.get('/today.txt', async (req, res) => {
    const credentials = await httpAuth.credentials(req, { allow: ['user', 'service'] });
    const digest = await digests.get(ownerOf(credentials), digests.today().date);
    res.type('text/plain').send(toText(digest));
  });
  return router;
}

function toText({ date, open, done, created, completed, titles }: Digest): string {
  const counts = `${date}: ${open} open, ${done} done; today ${created} made and ${completed} done`;
  return [counts, ...titles.map((title) => `- ${title}`), ''].join('\n');
}
