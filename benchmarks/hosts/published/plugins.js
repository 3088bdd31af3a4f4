// Ten published plugins with three modules, and the configuration that both hosts are given.

/** In the order in which hosts add them. */
export const packages = [
  '@backstage/plugin-proxy-backend',
  '@backstage/plugin-permission-backend',
  '@backstage/plugin-permission-backend-module-allow-all-policy',
  '@backstage/plugin-events-backend',
  '@backstage/plugin-auth-backend',
  '@backstage/plugin-auth-backend-module-guest-provider',
  '@backstage/plugin-catalog-backend',
  '@backstage/plugin-notifications-backend',
  '@backstage/plugin-signals-backend',
  '@backstage/plugin-search-backend',
  '@backstage/plugin-search-backend-module-catalog',
  '@backstage/plugin-search-backend-module-pg',
  '@backstage/plugin-user-settings-backend',
  '@backstage/plugin-mcp-actions-backend',
];

const port = Number(process.env.PORT);

/** All but the database. */
export const config = {
  app: { baseUrl: `http://127.0.0.1:${port}` },
  backend: {
    baseUrl: `http://127.0.0.1:${port}`,
    listen: { host: '127.0.0.1', port },
    auth: {
      externalAccess: [{ type: 'static', options: { token: process.env.STATIC_TOKEN, subject: 'benchmark' } }],
    },
    actions: { pluginSources: ['catalog'] },
  },
  permission: { enabled: true },
  auth: { providers: { guest: { dangerouslyAllowOutsideDevelopment: true } } },
  catalog: {
    locations: [{ type: 'file', target: process.env.ENTITIES }],
    // One pass over the entities; a second one would fall into the measurement.
    processingInterval: { hours: 1 },
  },
  events: { http: { topics: ['ping'] } },
  proxy: {
    endpoints: {
      '/upstream': { target: `${process.env.UPSTREAM}/api/files`, credentials: 'dangerously-allow-unauthenticated' },
    },
  },
  search: {
    collators: {
      catalog: {
        schedule: { frequency: { hours: 1 }, timeout: { minutes: 1 }, initialDelay: { seconds: 5 } },
      },
    },
  },
};
