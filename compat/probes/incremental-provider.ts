/** Gives the module for incremental ingestion something to ingest: one page of entities. */
import { createBackendModule } from '@backstage/backend-plugin-api';
import { incrementalIngestionProvidersExtensionPoint } from '@backstage/plugin-catalog-backend-module-incremental-ingestion';

const LOCATION = 'url:https://pages.test/1';

/** The only entity of the only page. */
const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'System',
  metadata: {
    name: 'ingested',
    annotations: { 'backstage.io/managed-by-location': LOCATION, 'backstage.io/managed-by-origin-location': LOCATION },
  },
  spec: { owner: 'group:default/makers' },
};

export default createBackendModule({
  pluginId: 'catalog',
  moduleId: 'compat-incremental-provider',
  register(env) {
    env.registerInit({
      deps: { providers: incrementalIngestionProvidersExtensionPoint },
      async init({ providers }) {
        providers.addProvider({
          options: { burstInterval: { seconds: 1 }, burstLength: { seconds: 1 }, restLength: { hours: 1 } },
          provider: {
            getProviderName: () => 'compat',
            around: (burst) => burst(undefined),
            next: async () => ({ done: true, entities: [{ entity, locationKey: LOCATION }], cursor: 1 }),
          },
        });
      },
    });
  },
});
