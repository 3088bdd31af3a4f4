import { coreServices, createBackendPlugin } from '@bulkhead/backend-plugin-api';
import { createRouter } from './router.ts';
import { Greeter } from './service/greeter.ts';

/** Greets whoever asks with the message from its configuration. */
export const examplePlugin = createBackendPlugin({
  pluginId: 'example',
  register(env) {
    env.registerInit({
      deps: { config: coreServices.config, httpRouter: coreServices.httpRouter },
      async init({ config, httpRouter }) {
        const greeter = new Greeter(config.getString('message'));
        // Without a policy each request needs credentials; only this path is open to everybody.
        httpRouter.addAuthPolicy({ path: '/greeting', allow: 'unauthenticated' });
        httpRouter.use(createRouter(greeter));
      },
    });
  },
});
