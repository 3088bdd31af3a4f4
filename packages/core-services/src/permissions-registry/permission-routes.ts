import type { HttpAuthService } from '@bulkhead/backend-plugin-api';
import express, { type Handler, type Request, type RequestHandler, type Router } from 'express';
import { describePrincipal } from '../auth/credentials.ts';
import { wrongMethod } from '../http-server/errors.ts';
import { applyConditions } from './apply-conditions.ts';
import { notForCaller } from './errors.ts';
import type { RegisteredPermissions } from './registered-permissions.ts';

/** Below the plugin's mount. The path is the one at which Backstage's permission plugin asks. */
const PREFIX = '/.well-known/backstage/permissions/';

/** What {@link createPermissionRoutes} takes. */
export interface PermissionRoutesOptions {
  readonly httpAuth: HttpAuthService;
  readonly registered: RegisteredPermissions;
}

/**
 * Tells services what a plugin lets them decide about (`GET …/metadata`), and applies their conditions to its resources
 * (`POST …/apply-conditions`). All other requests cost a look at the path; the routes are made for the first one.
 */
export function createPermissionRoutes(options: PermissionRoutesOptions): Handler {
  let routes: Router | undefined;
  return (req, res, next) => {
    if (!req.path.startsWith(PREFIX)) return next();
    routes ??= createRouter(options);
    routes(req, res, next);
  };
}

function createRouter({ httpAuth, registered }: PermissionRoutesOptions): Router {
  const router = express.Router();
  const demandService: RequestHandler = async (req, _res, next) => {
    await refuseUnlessService(req, httpAuth);
    next();
  };
  router
    .route(`${PREFIX}metadata`)
    .get(demandService, (_req, res) => void res.json(describePermissions(registered)))
    .all(allowOnly('GET', 'HEAD'));
  router
    .route(`${PREFIX}apply-conditions`)
    // The host limits the size of bodies, but does not see what a compressed one unpacks to.
    .post(demandService, express.json({ limit: Infinity, inflate: false }), async (req, res) => {
      res.json({ items: await applyConditions(req.body, registered) });
    })
    .all(allowOnly('POST'));
  return router;
}

/** A service, or a user through one: conditions are the business of those who decide, not of those decided about. */
async function refuseUnlessService(req: Request, httpAuth: HttpAuthService): Promise<void> {
  const { principal } = await httpAuth.credentials(req, { allow: ['service', 'user'] });
  if (principal.type === 'user') {
    if (!principal.actor) throw notForCaller(describePrincipal(principal));
    return;
  }
  const { permissionNames, permissionAttributes } = principal.accessRestrictions ?? {};
  if (permissionNames || permissionAttributes)
    throw notForCaller(`${describePrincipal(principal)}, which is restricted`);
}

function describePermissions({ permissions, rules }: RegisteredPermissions): object {
  return {
    permissions,
    rules: rules.map(({ rule: { name, description }, resourceType, paramsSchema }) => ({
      name,
      description,
      resourceType,
      paramsSchema: paramsSchema.toJsonSchema(),
    })),
  };
}

function allowOnly(...methods: readonly string[]): Handler {
  return (req, res) => {
    res.set('Allow', methods.join(', '));
    throw wrongMethod(req.method, req.path, methods);
  };
}
