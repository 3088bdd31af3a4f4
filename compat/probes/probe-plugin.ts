import { coreServices, createBackendPlugin, type BackendFeature } from '@backstage/backend-plugin-api';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { createPermission } from '@backstage/plugin-permission-common';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import express from 'express';
import Router from 'express-promise-router';

/** What the policy of the tests allows, and what it denies. */
export const PERMISSIONS = ['probe.allowed', 'probe.denied'].map((name) =>
  createPermission({ name, attributes: { action: 'read' } }),
);

const ERRORS: Readonly<Record<string, () => Error>> = {
  input: () => new InputError('that is no input'),
  conflict: () => new ConflictError('somebody else has it'),
  missing: () => new NotFoundError('it is not here'),
};

/**
 * A plugin as others write them, to be run by either host: it tells who calls it, calls others, asks for permissions,
 * publishes and receives events.
 */
export function createProbePlugin(pluginId: string): BackendFeature {
  return createBackendPlugin({
    pluginId,
    register(env) {
      env.registerInit({
        deps: {
          auth: coreServices.auth,
          config: coreServices.rootConfig,
          discovery: coreServices.discovery,
          events: eventsServiceRef,
          http: coreServices.httpRouter,
          httpAuth: coreServices.httpAuth,
          logger: coreServices.logger,
          permissions: coreServices.permissions,
          registry: coreServices.permissionsRegistry,
          userInfo: coreServices.userInfo,
        },
        async init({ auth, config, discovery, events, http, httpAuth, logger, permissions, registry, userInfo }) {
          const received: unknown[] = [];
          const onEvent = async ({ topic, eventPayload }: { topic: string; eventPayload: unknown }): Promise<void> => {
            received.push({ topic, eventPayload });
          };
          await events.subscribe({ id: `${pluginId}-probe`, topics: ['probe'], onEvent });
          registry.addPermissions(PERMISSIONS);

          const router = Router();
          router.use(express.json());
          router.get('/whoami', async (req, res) => {
            const { principal } = await httpAuth.credentials(req);
            res.json({ plugin: pluginId, principal });
          });
          router.get('/info', async (req, res) => {
            res.json(await userInfo.getUserInfo(await httpAuth.credentials(req, { allow: ['user'] })));
          });
          router.get('/call/:target', async (req, res) => {
            const { target } = req.params;
            const targetPluginId = String(req.query.audience ?? target);
            const credentials = await httpAuth.credentials(req);
            const onBehalfOf = req.query.as === 'caller' ? credentials : await auth.getOwnServiceCredentials();
            const { token } = await auth.getPluginRequestToken({ onBehalfOf, targetPluginId });
            const url = `${await discovery.getBaseUrl(target)}${String(req.query.path ?? '/whoami')}`;
            const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
            res.json({ status: response.status, body: await response.json() });
          });
          router.get('/decide', async (req, res) => {
            const credentials = await httpAuth.credentials(req);
            const asked = PERMISSIONS.map((permission) => ({ permission }));
            res.json(await permissions.authorize(asked, { credentials }));
          });
          router.get('/cookie/whoami', async (req, res) => {
            const { principal } = await httpAuth.credentials(req, { allow: ['user'], allowLimitedAccess: true });
            res.json({ plugin: pluginId, principal });
          });
          router.post('/session', async (_req, res) => {
            res.json(await httpAuth.issueUserCookie(res));
          });
          router.get('/fail/:kind', (req) => {
            throw ERRORS[req.params.kind]?.() ?? new NotFoundError('no such failure');
          });
          router.post('/publish', async (req, res) => {
            await events.publish({ topic: 'probe', eventPayload: req.body });
            res.status(202).end();
          });
          router.get('/received', (_req, res) => {
            res.json({ received });
          });
          router.get('/say-secrets', (_req, res) => {
            logger.info(`the key of Jenkins is ${config.getString('jenkins.apiKey')}`);
            logger.info(
              `the token of GitHub is ${config.getConfigArray('integrations.github')[0]?.getString('token')}`,
            );
            res.end();
          });
          http.use(router);
          http.addAuthPolicy({ path: '/cookie', allow: 'user-cookie' });
          http.addAuthPolicy({ path: '/fail', allow: 'unauthenticated' });
        },
      });
    },
  });
}
