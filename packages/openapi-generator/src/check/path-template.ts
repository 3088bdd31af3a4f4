/** A segment of a path: literals at even places, the names of parameters at odd ones. */
export type Segment = readonly string[];

/** The segments of a path. */
export function parsePath(path: string): readonly Segment[] {
  return path
    .slice(1)
    .split('/')
    .map((segment) => segment.split(/\{([^{}]*)\}/));
}

/** The names of the parameters of a path, in its order. */
export function parametersOf(path: string): readonly string[] {
  return parsePath(path).flatMap((segment) => segment.filter((_, index) => index % 2 === 1));
}

/** Why a path is no template; `undefined` if it is one. */
export function findPathFault(path: string): string | undefined {
  if (!path.startsWith('/')) {
    return 'it does not begin with a slash';
  }
  if (/[?#]/.test(path)) {
    return 'it goes on to a query or a fragment';
  }
  const segments = parsePath(path);
  if (segments.some((segment) => segment.some((part, index) => index % 2 === 0 && /[{}]/.test(part)))) {
    return 'a brace in it has no partner';
  }
  if (segments.slice(0, -1).some((segment) => segment.join('') === '')) {
    return 'it has an empty segment';
  }
  if (segments.some((segment) => /^(\.|%2e){1,2}$/i.test(segment.join('')) && segment.length === 1)) {
    return "clients take segments like '.' and '..' out of paths";
  }
  if (
    segments.some((segment) =>
      segment.some((part, index) => index > 0 && index < segment.length - 1 && index % 2 === 0 && part === ''),
    )
  ) {
    return 'between two parameters there is nothing that parts them';
  }
  const names = parametersOf(path);
  if (names.includes('')) {
    return 'a parameter in it has no name';
  }
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  return repeated === undefined ? undefined : `it has the parameter '${repeated}' twice`;
}
