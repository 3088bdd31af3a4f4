// The configuration of the reference host, from its environment.
import { coreServices, createServiceFactory } from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';

const databaseUrl = process.env.DATABASE_URL;
const port = Number(process.env.PORT);

/** Where to listen, and with DATABASE_URL the database; `more` stands beside that. */
export function configFactory(more = {}) {
  return createServiceFactory({
    service: coreServices.rootConfig,
    deps: {},
    factory: () =>
      new ConfigReader({
        backend: {
          baseUrl: `http://127.0.0.1:${port}`,
          listen: { host: '127.0.0.1', port },
          ...(databaseUrl && {
            database: { client: 'pg', connection: databaseUrl, pluginDivisionMode: 'schema', ensureSchemaExists: true },
          }),
        },
        ...more,
      }),
  });
}
