import type { HttpAuthService } from '@bulkhead/backend-plugin-api';
import type { Handler, Request, Response, Router } from 'express';
import { wrongMethod } from '../http-server/errors.ts';
import { loadExpress } from '../http-server/load-express.ts';
import type { DefaultActionsRegistryService } from './default-actions-registry-service.ts';

/** What {@link createActionRoutes} takes. */
export interface ActionRoutesOptions {
  readonly httpAuth: HttpAuthService;
  /** Largest body, in bytes. */
  readonly bodyLimit: number;
  readonly registry: Pick<DefaultActionsRegistryService, 'list' | 'invoke'>;
}

/** What is invoked, in one of the two forms in which it can be asked for. */
interface Demand {
  readonly input?: unknown;
  readonly secrets?: unknown;
}

/** Where the plugin answers, below its mount. The paths are those at which Backstage's actions service asks. */
export const ACTIONS_PATH = '/.backstage/actions/';

/**
 * Lists the actions of a plugin (`GET …/v1/actions`) and invokes them: `POST …/v1/actions/<id>/invoke` takes the input,
 * `…/v2/…` takes `{ input, secrets }`.
 */
export function createActionRoutes({ httpAuth, bodyLimit, registry }: ActionRoutesOptions): Router {
  const express = loadExpress();
  const router = express.Router();
  // The limit does not see what a compressed body unpacks to.
  const readBody = express.json({ limit: bodyLimit, inflate: false });
  router
    .route(`${ACTIONS_PATH}v1/actions`)
    .get(async (req, res) => {
      res.json({ actions: await registry.list(await httpAuth.credentials(req)) });
    })
    .all(allowOnly('GET', 'HEAD'));
  const invoke =
    (toDemand: (body: unknown) => Demand) =>
    async (req: Request<{ id: string }>, res: Response): Promise<void> => {
      const credentials = await httpAuth.credentials(req as Request);
      // Express 4 took what is absent, or is no JSON, for an empty object, and published plugins go by that.
      const demand = toDemand(req.body ?? {});
      res.json(await registry.invoke({ ...demand, id: req.params.id, credentials }));
    };
  router
    .route(`${ACTIONS_PATH}v1/actions/:id/invoke`)
    .post(
      readBody,
      invoke((input) => ({ input })),
    )
    .all(allowOnly('POST'));
  router
    .route(`${ACTIONS_PATH}v2/actions/:id/invoke`)
    .post(
      readBody,
      invoke((body) => {
        const { input, secrets } = body as Demand;
        return { input, secrets };
      }),
    )
    .all(allowOnly('POST'));
  return router;
}

function allowOnly(...methods: readonly string[]): Handler {
  return (req, res) => {
    res.set('Allow', methods.join(', '));
    throw wrongMethod(req.method, req.path, methods);
  };
}
