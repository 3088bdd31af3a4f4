import {
  coreServices,
  createBackendPlugin,
  type AuthService,
  type BackendFeature,
  type Credentials,
  type UserInfoService,
} from '@bulkhead/backend-plugin-api';
import { startTestBackend, type TestBackend, type TestBackendOptions } from '@bulkhead/backend-test-utils';
import type { JsonObject } from '@bulkhead/types';
import { authServiceFactory } from '../../src/auth/index.ts';
import { httpAuthServiceFactory } from '../../src/http-auth/index.ts';

/** What the plugins of a host were given. */
export interface PluginServices {
  readonly auth: AuthService;
  readonly userInfo: UserInfoService;
}

/** A host with real tokens. */
export interface AuthHost {
  readonly backend: TestBackend;
  /** What a plugin was given, of the first replica unless said otherwise. */
  of(pluginId: string, replica?: number): PluginServices;
  /** A token with which one plugin calls another, for itself. */
  tokenFor(targetPluginId: string, from: string): Promise<string>;
  /** Asks a plugin who the bearer of a token is. */
  whoIs(pluginId: string, token: string): Promise<{ readonly status: number; readonly body: JsonObject }>;
}

/** Starts plugins that tell who calls them. Their tokens are real ones, not those of the kit. */
export async function startAuthHost(
  pluginIds: readonly string[],
  options: Partial<TestBackendOptions> = {},
): Promise<AuthHost> {
  const given = new Map<string, PluginServices[]>();
  const backend = await startTestBackend({
    ...options,
    features: [...pluginIds.map((id) => createWhoIsPlugin(id, given)), ...(options.features ?? [])],
    services: { auth: authServiceFactory, httpAuth: httpAuthServiceFactory, ...options.services },
  });
  const of = (pluginId: string, replica = 0): PluginServices => given.get(pluginId)![replica]!;
  return {
    backend,
    of,
    async tokenFor(targetPluginId, from) {
      const { auth } = of(from);
      const onBehalfOf = await auth.getOwnServiceCredentials();
      return (await auth.getPluginRequestToken({ onBehalfOf, targetPluginId })).token;
    },
    async whoIs(pluginId, token) {
      const { status, body } = await backend.anonymous
        .get(`/api/${pluginId}/who`)
        .set('Authorization', `Bearer ${token}`);
      return { status, body: body as JsonObject };
    },
  };
}

function createWhoIsPlugin(pluginId: string, given: Map<string, PluginServices[]>): BackendFeature {
  return createBackendPlugin({
    pluginId,
    register(env) {
      env.registerInit({
        deps: {
          auth: coreServices.auth,
          httpAuth: coreServices.httpAuth,
          httpRouter: coreServices.httpRouter,
          userInfo: coreServices.userInfo,
        },
        async init({ auth, httpAuth, httpRouter, userInfo }) {
          given.set(pluginId, [...(given.get(pluginId) ?? []), { auth, userInfo }]);
          httpRouter.addAuthPolicy({ path: '/cookie', allow: 'user-cookie' });
          httpRouter.use(async (req, res) => {
            const allowLimitedAccess = req.path === '/cookie';
            const known = await httpAuth.credentials(req, { allow: ['user', 'service'], allowLimitedAccess });
            res.json(known.principal);
          });
        },
      });
    },
  });
}

/** A token to call `targetPluginId` with, on behalf of somebody. */
export async function tokenOnBehalfOf(
  { auth }: PluginServices,
  onBehalfOf: Credentials,
  targetPluginId: string,
): Promise<string> {
  return (await auth.getPluginRequestToken({ onBehalfOf, targetPluginId })).token;
}

/** A plugin with a database, so that there is one. */
export const NEEDS_DATABASE = createBackendPlugin({
  pluginId: 'storing',
  register(env) {
    env.registerInit({
      deps: { database: coreServices.database },
      async init({ database }) {
        await database.getClient();
      },
    });
  },
});
