import type { HttpAuthService } from '@bulkhead/backend-plugin-api';
import { UnsupportedMediaTypeError } from '@bulkhead/errors';
import express, { type Request, type Router } from 'express';
import { invalidSignIn, unknownUser } from './errors.ts';
import type { AuthStore } from './service/auth-store.ts';
import type { UserTokenIssuer } from './service/user-token-issuer.ts';
import type { GuestRequest, GuestStrategy } from './strategies/guest-strategy.ts';

/** What the router stands on. */
export interface RouterOptions {
  readonly guests: GuestStrategy;
  readonly issuer: UserTokenIssuer;
  readonly store: AuthStore;
  readonly httpAuth: HttpAuthService;
}

/** The HTTP side of the plugin, as `openapi.yaml` describes it. */
export function createRouter({ guests, issuer, store, httpAuth }: RouterOptions): Router {
  const router = express.Router();

  router.post('/guest/token', express.json(), async (req, res) => {
    const user = await guests.signIn(readGuestRequest(req));
    const [{ token, expiresAt }] = await Promise.all([issuer.issue(user), store.putUser(user)]);
    res.set('Cache-Control', 'no-store').json({ token, expiresAt, user: user.userEntityRef });
  });

  router.get('/.well-known/jwks.json', async (_req, res) => {
    res.json({ keys: await store.listKeys() });
  });

  router.get('/v1/userinfo', async (req, res) => {
    const { principal } = await httpAuth.credentials(req, { allow: ['user'], allowLimitedAccess: true });
    const user = await store.findUser(principal.userEntityRef);
    if (!user) throw unknownUser(principal.userEntityRef);
    res.json({ claims: { sub: user.userEntityRef, ent: user.ownershipEntityRefs } });
  });

  return router;
}

function readGuestRequest(req: Request): GuestRequest {
  if (req.get('content-type') !== undefined && !req.is('json')) {
    throw new UnsupportedMediaTypeError('The body must be JSON', { hint: 'Send Content-Type: application/json.' });
  }
  const body: unknown = req.body ?? {};
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw invalidSignIn('/body must be an object');
  }
  const { user, ...others } = body as { user?: unknown };
  const [other] = Object.keys(others);
  if (other !== undefined) throw invalidSignIn(`/body/${other} is not known`);
  if (user !== undefined && typeof user !== 'string') throw invalidSignIn('/body/user must be a string');
  return { user };
}
