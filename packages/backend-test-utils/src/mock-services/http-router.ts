import type {
  CreateHttpApplication,
  Credentials,
  HttpApplicationPlace,
  HttpAuthPolicy,
  HttpAuthService,
  HttpRouterService,
  LoggerService,
  RootHttpRouterService,
} from '@bulkhead/backend-plugin-api';
import { AuthPolicies, ContractRequests, type ContractExchange } from '@bulkhead/core-services/http-router';
import { NotFoundError, toErrorBody } from '@bulkhead/errors';
import express, { type Application, type ErrorRequestHandler, type RequestHandler } from 'express';
import { mockPathConflict } from '../errors.ts';
import { recordCalls, type Recorded } from '../recorded-calls.ts';
import { createMockHttpAuth } from './http-auth.ts';
import { createMockLogger } from './logger.ts';
import type { MockPluginOptions } from './mock-service.ts';

/** How a mock router identifies callers. */
export interface MockHttpRouterOptions extends MockPluginOptions {
  /** Who makes a request that has no token. Defaults to nobody, who gets no further than the policies allow. */
  readonly defaultCredentials?: Credentials;
  /** Defaults to `mockServices.httpAuth()`. */
  readonly httpAuth?: HttpAuthService;
  /** What handlers of a contract log to. Defaults to nothing. */
  readonly logger?: LoggerService;
}

/** A router with the default-deny of a host, without a host. */
export type MockHttpRouter = Recorded<
  HttpRouterService,
  {
    /** Serves the plugin below `/api/<pluginId>`: hand it to supertest. */
    readonly app: Application;
    /** The policies so far. */
    readonly policies: readonly HttpAuthPolicy[];
  }
>;

/** @internal */
export function createMockHttpRouter(options: MockHttpRouterOptions): MockHttpRouter {
  const { pluginId = 'test', defaultCredentials, logger = createMockLogger({ pluginId }) } = options;
  const httpAuth = options.httpAuth ?? createMockHttpAuth({ pluginId, defaultCredentials });
  const policies: HttpAuthPolicy[] = [];
  const rules = new AuthPolicies();
  const handlers = express.Router();
  const mountPath = `/api/${pluginId}`;
  const contract = new ContractRequests({
    ...{
      pluginId,
      mountPath,
      logger,
      httpAuth,
      isDefaultPolicyDisabled: false,
      bodyLimit: Infinity,
      development: true,
    },
  });
  const app = createApp((mounted) =>
    mounted.use(mountPath, serveContract(contract), defaultDeny(httpAuth, rules), handlers),
  );
  return recordCalls<HttpRouterService, Pick<MockHttpRouter, 'app' | 'policies'>>(
    {
      use: (handler) => void handlers.use(handler),
      mount: (create) => void handlers.use(enter(create, { pluginId, mountPath })),
      addAuthPolicy: (policy) => {
        rules.add(policy);
        policies.push(policy);
      },
      serve: (routes) => contract.serve(routes),
      onUpgrade: () => {},
    },
    { app, policies },
  );
}

/** A root router without a host. */
export type MockRootHttpRouter = Recorded<
  RootHttpRouterService,
  {
    /** Serves what was mounted: hand it to supertest. */
    readonly app: Application;
  }
>;

/** @internal */
export function createMockRootHttpRouter(): MockRootHttpRouter {
  const paths: string[] = [];
  const handlers = express.Router();
  const use = (path: string, handler: RequestHandler): void => {
    const rival = paths.find((taken) => isBelow(path, taken) || isBelow(taken, path));
    if (rival !== undefined) throw mockPathConflict(path, rival);
    paths.push(path);
    handlers.use(path, handler);
  };
  return recordCalls<RootHttpRouterService, Pick<MockRootHttpRouter, 'app'>>(
    {
      use,
      mount: (path, create) => use(path, enter(create, { pluginId: undefined, mountPath: path })),
    },
    { app: createApp((mounted) => mounted.use(handlers)) },
  );
}

function enter(
  create: CreateHttpApplication,
  place: Pick<HttpApplicationPlace, 'pluginId' | 'mountPath'>,
): RequestHandler {
  const application = create({ ...place, trustProxy: false, development: true, bodyLimit: Infinity });
  return (req, res, next) => application.handle(req, res, next);
}

function createApp(mount: (app: Application) => unknown): Application {
  const app = express();
  app.disable('x-powered-by');
  mount(app);
  app.use((req) => {
    throw new NotFoundError(`There is nothing at ${req.path}`);
  });
  app.use(answerError);
  return app;
}

// eslint-disable-next-line @typescript-eslint/max-params -- Express tells error handlers by their four parameters.
const answerError: ErrorRequestHandler = (error, req, res, next) => {
  if (res.headersSent) return next(error);
  const body = toErrorBody(error, { request: { method: req.method, url: req.originalUrl } });
  res.status(body.response.statusCode).json(body);
};

function serveContract(contract: ContractRequests): RequestHandler {
  return (req, res, next) => {
    const [path = '/', ...query] = req.url.split('?');
    const exchange: ContractExchange = {
      request: req,
      response: res,
      method: req.method,
      requestId: 'mock-request',
      deadline: undefined,
      awaitsContinue: false,
      get isAnswerable() {
        return !res.headersSent && !res.destroyed;
      },
      fail: next,
      refuseBody: next,
    };
    if (!contract.handle(exchange, { path, query: query.join('?') })) next();
  };
}

function defaultDeny(httpAuth: HttpAuthService, rules: AuthPolicies): RequestHandler {
  return async (req, _res, next) => {
    const demand = rules.demandAt(req.path);
    if (demand !== 'nothing') {
      await httpAuth.credentials(req, { allow: ['user', 'service'], allowLimitedAccess: demand === 'limited' });
    }
    next();
  };
}

/** By whole segments: `/open` is not above `/openness`. */
function isBelow(path: string, ancestor: string): boolean {
  const trimmed = ancestor.replace(/\/+$/, '');
  return path === trimmed || path.startsWith(`${trimmed}/`);
}
