import type { HttpAuthService, ServicePrincipal } from '@bulkhead/backend-plugin-api';
import type { Handler, RequestHandler, Router } from 'express';
import { describePrincipal } from '../auth/credentials.ts';
import { wrongMethod } from '../http-server/errors.ts';
import { loadExpress } from '../http-server/load-express.ts';
import { applyConditions } from './apply-conditions.ts';
import { notForCaller } from './errors.ts';
import type { RegisteredPermissions } from './registered-permissions.ts';

/** What {@link createPermissionRoutes} takes. */
export interface PermissionRoutesOptions {
  readonly httpAuth: HttpAuthService;
  /** Largest body, in bytes. */
  readonly bodyLimit: number;
  readonly registered: RegisteredPermissions;
}

/** Where the plugin answers, below its mount. The path is the one at which Backstage's permission plugin asks. */
export const PERMISSIONS_PATH = '/.well-known/backstage/permissions/';

/**
 * Tells what a plugin lets the policy decide about (`GET …/metadata`), and applies conditions to its resources for services
 * (`POST …/apply-conditions`).
 */
export function createPermissionRoutes({ httpAuth, bodyLimit, registered }: PermissionRoutesOptions): Router {
  const express = loadExpress();
  const router = express.Router();
  router
    .route(`${PERMISSIONS_PATH}metadata`)
    .get(async (req, res) => {
      // Users, too: what can be decided about is written in public code, and front ends show it.
      await httpAuth.credentials(req, { allow: ['service', 'user'] });
      res.json(await describePermissions(registered));
    })
    .all(allowOnly('GET', 'HEAD'));
  router
    .route(`${PERMISSIONS_PATH}apply-conditions`)
    // The limit does not see what a compressed body unpacks to.
    .post(refuseUnlessService(httpAuth), express.json({ limit: bodyLimit, inflate: false }), async (req, res) => {
      res.json({ items: await applyConditions(req.body, registered) });
    })
    .all(allowOnly('POST'));
  return router;
}

/** A service, or a user through one: conditions are the business of those who decide, not of those decided about. */
function refuseUnlessService(httpAuth: HttpAuthService): RequestHandler {
  return async (req, _res, next) => {
    const { principal } = await httpAuth.credentials(req, { allow: ['service', 'user'] });
    if (principal.type === 'user') {
      if (!principal.actor) throw notForCaller(describePrincipal(principal));
    } else if (isRestricted(principal)) {
      throw notForCaller(`${describePrincipal(principal)}, which is restricted`);
    }
    next();
  };
}

function isRestricted({ accessRestrictions }: ServicePrincipal): boolean {
  const { permissionNames, permissionAttributes } = accessRestrictions ?? {};
  return permissionNames !== undefined || permissionAttributes !== undefined;
}

async function describePermissions({ permissions, rules }: RegisteredPermissions): Promise<object> {
  const described = rules.map(async ({ rule: { name, description }, resourceType, paramsSchema }) => ({
    name,
    description,
    resourceType,
    paramsSchema: await paramsSchema.toJsonSchema(),
  }));
  return { permissions, rules: await Promise.all(described) };
}

function allowOnly(...methods: readonly string[]): Handler {
  return (req, res) => {
    res.set('Allow', methods.join(', '));
    throw wrongMethod(req.method, req.path, methods);
  };
}
