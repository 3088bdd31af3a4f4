import { httpRouterView } from '../express4/http-router-view.ts';
import { rootHttpRouterView } from '../express4/root-http-router-view.ts';
import type { WireDeps, WireRegistration } from '../wire/wire.ts';
import { CONNECTIONS_ID, connectionsView } from './connections-view.ts';
import { rootConfigView } from './root-config-view.ts';

/** How Backstage's code sees a service that is not quite what it expects. */
type View = (service: never) => unknown;

/** The services that have a view, by id. All others are what Backstage's code expects. */
const views: ReadonlyMap<string, View> = new Map<string, View>([
  ['core.httpRouter', httpRouterView],
  ['core.rootConfig', rootConfigView],
  ['core.rootHttpRouter', rootHttpRouterView],
]);

/** Each instance has one view, whoever asks, so that all that a plugin and its modules add meets in one place. */
const viewed = new WeakMap<object, unknown>();

type Resolved = Readonly<Record<string, unknown>>;

/** Resolved dependencies, seen as Backstage's code expects them. A root context gets only those that are there. */
export function viewServices(deps: WireDeps, resolved: Resolved): Resolved {
  const seen = { ...resolved };
  for (const name of Object.keys(resolved)) {
    const view = views.get(deps[name]!.id);
    if (view) seen[name] = viewOnce(view, resolved[name]);
  }
  return seen;
}

/** The same for the init of a plugin or module, which sees only the connections that it has declared. */
export function viewInitDeps(wire: WireRegistration, resolved: Resolved): Resolved {
  const { deps } = wire.init;
  const seen: Record<string, unknown> = { ...viewServices(deps, resolved) };
  for (const name of Object.keys(resolved)) {
    if (deps[name]!.id === CONNECTIONS_ID) seen[name] = connectionsView(resolved[name], wire);
  }
  return seen;
}

function viewOnce(view: View, service: unknown): unknown {
  if (typeof service !== 'object' || service === null) return service;
  let result = viewed.get(service);
  if (result === undefined) {
    result = view(service as never);
    viewed.set(service, result);
  }
  return result;
}
