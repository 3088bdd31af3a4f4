import type { Express } from 'express';

/** The part of Express's route table that is read here. Of Express 4 and 5, and not documented by either. */
interface RouteLayer {
  readonly route?: { readonly methods?: Readonly<Record<string, boolean>> };
  readonly handle?: { readonly stack?: readonly RouteLayer[] };
  /** Express 4: whether the layer matches; what it matched is then in `path`. Express 5: the match. */
  match?(path: string): boolean | { readonly path: string };
  readonly path?: string;
}

/**
 * The methods for which an application has a route at `path`, for a 405 in place of a 404. Asked only when a request
 * was not answered.
 *
 * @returns in upper case, sorted; empty when there is no route, or when the route table looks unfamiliar
 */
export function findAllowedMethods(app: Express, path: string): string[] {
  const methods = new Set<string>();
  try {
    collect((app.router as { readonly stack?: readonly RouteLayer[] }).stack ?? [], path, methods);
  } catch {
    return [];
  }
  if (methods.has('GET')) {
    methods.add('HEAD');
  }
  return [...methods].sort();
}

function collect(layers: readonly RouteLayer[], path: string, methods: Set<string>): void {
  for (const layer of layers) {
    const match = layer.match?.(path);
    if (!match) {
      continue;
    }
    for (const method of Object.keys(layer.route?.methods ?? {})) {
      // A handler for all methods that has let the request pass does not make it a matter of the method.
      if (method !== '_all') {
        methods.add(method.toUpperCase());
      }
    }
    if (layer.handle?.stack) {
      const matched = (typeof match === 'object' ? match.path : layer.path) ?? '';
      const rest = path.slice(matched.length);
      collect(layer.handle.stack, rest.startsWith('/') ? rest : `/${rest}`, methods);
    }
  }
}
