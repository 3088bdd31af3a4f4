import type { HttpRoute, HttpRouteMatch } from '@bulkhead/backend-plugin-api';
import { matchMixedSegment, parsePathTemplate, type TemplateSegment } from './path-template.ts';

/** The routes of one path, by method. */
type PathRoutes = Map<string, HttpRoute>;

/** A segment of templates, and what may follow it. */
interface Node {
  readonly literals: Map<string, Node>;
  /** Those with more literal characters first: they are more particular. */
  readonly mixed: { readonly literals: readonly string[]; readonly node: Node }[];
  parameter?: Node;
  /** Set where a template ends. */
  routes?: PathRoutes;
}

/** A path that was found, and what stood in place of its parameters. */
interface FoundPath {
  readonly routes: PathRoutes;
  readonly pathValues: readonly string[];
}

const NO_VALUES: readonly string[] = [];

/**
 * Finds routes by method and path. Paths without parameters are found in a Map, the others segment by segment in a
 * tree, so that what it costs does not depend on how many routes there are.
 *
 * The path decides first, then the method: `/todos/mine` is never taken for `/todos/{id}`. Of several templates the one
 * with a literal wins where they first differ, and `{name}.json` wins over `{name}`.
 */
export class RouteTable {
  readonly #literals = new Map<string, FoundPath>();
  readonly #matches = new Map<HttpRoute, HttpRouteMatch>();
  readonly #root: Node = createNode();

  /** Adds a route. A second one for the same method and path replaces the first. */
  add(method: string, template: string, route: HttpRoute): void {
    const segments = parsePathTemplate(template);
    if (segments.every(({ type }) => type === 'literal')) {
      const path = segments.map((segment) => `/${(segment as { text: string }).text}`).join('');
      const found = this.#literals.get(path) ?? { routes: new Map<string, HttpRoute>(), pathValues: NO_VALUES };
      this.#literals.set(path, found);
      found.routes.set(method, route);
      this.#matches.set(route, { route, pathValues: NO_VALUES });
      return;
    }
    const node = segments.reduce(childFor, this.#root);
    node.routes ??= new Map();
    node.routes.set(method, route);
  }

  /** The route for a method and a path as it was sent. Where there is none for HEAD, the one for GET answers. */
  find(method: string, path: string): HttpRouteMatch | undefined {
    const found = this.#findPath(path);
    const route = found?.routes.get(method) ?? (method === 'HEAD' ? found?.routes.get('GET') : undefined);
    if (!found || !route) {
      return undefined;
    }
    return found.pathValues === NO_VALUES ? this.#matches.get(route) : { route, pathValues: found.pathValues };
  }

  /** The methods that have a route at a path, sorted. */
  methodsAt(path: string): readonly string[] {
    const methods = new Set(this.#findPath(path)?.routes.keys());
    if (methods.has('GET')) {
      methods.add('HEAD');
    }
    return [...methods].sort();
  }

  #findPath(path: string): FoundPath | undefined {
    return this.#literals.get(path) ?? findBelow(this.#root, path, 0);
  }
}

/**
 * @param start - where the slash before the segment stands in the path
 * @returns with the values in the order of the path
 */
function findBelow(node: Node, path: string, start: number): FoundPath | undefined {
  const slash = path.indexOf('/', start + 1);
  const end = slash === -1 ? path.length : slash;
  const segment = path.slice(start + 1, end);
  const literal = node.literals.get(segment);
  const found = literal && follow(literal, path, end);
  if (found) {
    return found;
  }
  for (const { literals, node: next } of node.mixed) {
    const values = matchMixedSegment(literals, segment);
    const match = values && follow(next, path, end);
    if (match) {
      return { routes: match.routes, pathValues: [...values, ...match.pathValues] };
    }
  }
  const rest = node.parameter && segment !== '' ? follow(node.parameter, path, end) : undefined;
  return rest && { routes: rest.routes, pathValues: [segment, ...rest.pathValues] };
}

function follow(node: Node, path: string, end: number): FoundPath | undefined {
  if (end < path.length) {
    return findBelow(node, path, end);
  }
  return node.routes && { routes: node.routes, pathValues: NO_VALUES };
}

function createNode(): Node {
  return { literals: new Map(), mixed: [] };
}

function childFor(node: Node, segment: TemplateSegment): Node {
  switch (segment.type) {
    case 'literal':
      return getOrAdd(node.literals, segment.text);
    case 'parameter':
      return (node.parameter ??= createNode());
    case 'mixed':
      return mixedChild(node, segment.literals);
  }
}

function getOrAdd(nodes: Map<string, Node>, key: string): Node {
  let node = nodes.get(key);
  if (!node) {
    nodes.set(key, (node = createNode()));
  }
  return node;
}

function mixedChild({ mixed }: Node, literals: readonly string[]): Node {
  const known = mixed.find((other) => other.literals.join('{') === literals.join('{'));
  if (known) {
    return known.node;
  }
  const node = createNode();
  mixed.push({ literals, node });
  mixed.sort((one, other) => other.literals.join('').length - one.literals.join('').length);
  return node;
}
