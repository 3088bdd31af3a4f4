import { expressRouterView } from '../express4/http-router-view.ts';
import type { WireDeps } from '../wire/wire.ts';

/** How Backstage's code sees a service that is not quite what it expects. */
type View = (service: never) => unknown;

/** The services that have a view, by id. All others are what Backstage's code expects. */
const views: ReadonlyMap<string, View> = new Map<string, View>([['core.httpRouter', expressRouterView]]);

/** Each instance has one view, whoever asks, so that all that a plugin and its modules add meets in one place. */
const viewed = new WeakMap<object, unknown>();

/** Resolved dependencies, seen as Backstage's code expects them. */
export function viewServices(
  deps: WireDeps,
  resolved: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const seen = { ...resolved };
  for (const [name, { id }] of Object.entries(deps)) {
    const view = views.get(id);
    if (view) seen[name] = viewOnce(view, resolved[name] as object);
  }
  return seen;
}

function viewOnce(view: View, service: object): unknown {
  let result = viewed.get(service);
  if (result === undefined) {
    result = view(service as never);
    viewed.set(service, result);
  }
  return result;
}
