import { entriesOf, type ContractReader } from '../model/contract-reader.ts';
import { findPathFault, parsePath, type Segment } from './path-template.ts';
import { badPath, collidingPaths, reservedPath } from './problems.ts';

interface Template {
  readonly path: string;
  readonly segments: readonly Segment[];
}

/** Checks that each path can be served, and that no two of them match the same requests. */
export function checkPaths(reader: ContractReader): void {
  const paths = reader.document['paths'];
  const templates = new Map<number, Template[]>();
  for (const [path] of entriesOf(paths)) {
    const fault = findPathFault(path);
    if (fault !== undefined) {
      reader.problems.push(badPath(path, fault, reader.places.of(paths, path)));
      continue;
    }
    if (path === '/openapi.json' || path === '/.backstage' || path.startsWith('/.backstage/')) {
      reader.problems.push(reservedPath(path, reader.places.of(paths, path)));
    }
    const template = { path, segments: parsePath(path) };
    const others = templates.get(template.segments.length) ?? [];
    templates.set(template.segments.length, others);
    for (const other of others) {
      const example = findCollision(template.segments, other.segments);
      if (example !== undefined) {
        const where = { first: reader.places.of(paths, other.path), source: reader.places.of(paths, path), example };
        reader.problems.push(collidingPaths(path, other.path, where));
      }
    }
    others.push(template);
  }
}

/**
 * A path that two templates match alike. Where they first differ, a literal goes before a parameter, and of two mixed
 * segments such as `{name}.json` the one with more literal characters goes first, so that `/todos/mine` is never taken
 * for `/todos/{id}`. Only where nothing of that kind tells them apart, they collide.
 */
export function findCollision(one: readonly Segment[], other: readonly Segment[]): string | undefined {
  let isDecided = false;
  const example: string[] = [];
  for (const [index, segment] of one.entries()) {
    const match = compare(segment, other[index]!);
    if (!match) {
      return undefined;
    }
    example.push(match.example);
    isDecided ||= match.better !== 0;
  }
  return isDecided ? undefined : `/${example.join('/')}`;
}

interface Match {
  /** A segment that both match. */
  readonly example: string;
  /** Negative if the first is the more particular one, positive if the second is. */
  readonly better: number;
}

/** @returns `undefined` if no segment matches both */
function compare(one: Segment, other: Segment): Match | undefined {
  if (one.length === 1 || other.length === 1) {
    return compareWithLiteral(one, other);
  }
  const first = { start: one[0]!, end: one.at(-1)! };
  const second = { start: other[0]!, end: other.at(-1)! };
  const start = first.start.startsWith(second.start)
    ? first.start
    : second.start.startsWith(first.start)
      ? second.start
      : undefined;
  const end = first.end.endsWith(second.end) ? first.end : second.end.endsWith(first.end) ? second.end : undefined;
  if (start === undefined || end === undefined) {
    return undefined;
  }
  const middle = [one, other].map((segment) =>
    segment
      .slice(1, -1)
      .map((part, index) => (index % 2 === 0 ? 'x' : part))
      .join(''),
  );
  // The router tries the one with more literal characters first.
  const literals = [one, other].map((segment) => segment.filter((_, index) => index % 2 === 0).join('').length);
  return { example: `${start}${middle[0]}${end}`, better: literals[1]! - literals[0]! };
}

function compareWithLiteral(one: Segment, other: Segment): Match | undefined {
  if (one.length === other.length) {
    return one[0] === other[0] ? { example: one[0]!, better: 0 } : undefined;
  }
  const [literal, template, better] = one.length === 1 ? [one[0]!, other, -1] : [other[0]!, one, 1];
  const pattern = template
    .map((part, index) => (index % 2 === 0 ? part.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&') : '.+'))
    .join('');
  return new RegExp(`^${pattern}$`).test(literal) ? { example: literal, better } : undefined;
}
