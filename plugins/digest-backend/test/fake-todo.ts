import {
  coreServices,
  createBackendPlugin,
  type PluginFeature,
  type UserPrincipal,
} from '@bulkhead/backend-plugin-api';
import { ServiceUnavailableError } from '@bulkhead/errors';
import type { OwnerSummary, Summary, SummaryPage } from '@bulkhead/plugin-todo-node';

/** What stands in for the plugin todo. */
export interface FakeTodo {
  /** For a test backend. */
  readonly plugin: PluginFeature;
  /** What it counts, by owner. */
  readonly summaries: Map<string, Summary>;
  /** Who asked for what, in the order of the requests. */
  readonly asked: { readonly path: string; readonly query: unknown; readonly principal: unknown }[];
  /** While set, it answers 503. */
  isDown: boolean;
}

/** Makes a plugin that answers what it is told to, and remembers who asked. */
export function createFakeTodo(): FakeTodo {
  const fake: Omit<FakeTodo, 'plugin'> = { summaries: new Map(), asked: [], isDown: false };
  const plugin = createBackendPlugin({
    pluginId: 'todo',
    register(env) {
      env.registerInit({
        deps: { httpRouter: coreServices.httpRouter, httpAuth: coreServices.httpAuth },
        async init({ httpRouter, httpAuth }) {
          httpRouter.use(async (req, res) => {
            if (fake.isDown) throw new ServiceUnavailableError('Closed for painting', { code: 'ERR_FAKE_PAINTING' });
            const { principal } = await httpAuth.credentials(req, { allow: ['user', 'service'] });
            const { path, query } = req;
            fake.asked.push({ path, query, principal });
            if (path === '/summaries') res.json(pageOf(fake.summaries, query));
            else res.json(fake.summaries.get((principal as UserPrincipal).userEntityRef));
          });
        },
      });
    },
  });
  return Object.assign(fake, { plugin });
}

function pageOf(summaries: ReadonlyMap<string, Summary>, { limit, cursor = '' }: Record<string, unknown>): SummaryPage {
  const all: OwnerSummary[] = [...summaries].map(([owner, summary]) => ({ owner, summary }));
  const begin = all.findIndex(({ owner }) => owner > (cursor as string));
  const items = begin === -1 ? [] : all.slice(begin, begin + Number(limit));
  const last = items.at(-1)?.owner;
  return { items, ...(last !== undefined && last !== all.at(-1)?.owner && { nextCursor: last }) };
}
