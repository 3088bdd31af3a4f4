/** Says what is wrong with a value at a path, or `undefined` when nothing is. */
export type Shape = (value: unknown, path: string) => string | undefined;

/** A value of a kind that `typeof` can tell. */
export function kind(expected: 'string' | 'function' | 'boolean'): Shape {
  return (value, path) => (typeof value === expected ? undefined : unexpected(path, `a ${expected}`, value));
}

/** One of a few literal values. */
export function oneOf(...expected: readonly unknown[]): Shape {
  return (value, path) =>
    expected.includes(value)
      ? undefined
      : unexpected(path, expected.map((each) => JSON.stringify(each)).join(' or '), value);
}

/** A shape that may also be absent. */
export function optional(shape: Shape): Shape {
  return (value, path) => (value === undefined ? undefined : shape(value, path));
}

/** An object, or a function, with certain fields. */
export function fields(shapes: Readonly<Record<string, Shape>>): Shape {
  const entries = Object.entries(shapes);
  return (value, path) => {
    if (!isObjectLike(value)) return unexpected(path, 'an object', value);
    for (const [name, shape] of entries) {
      const fault = shape(value[name], path === '' ? name : `${path}.${name}`);
      if (fault) return fault;
    }
    return undefined;
  };
}

/** An object whose values all have one shape. */
export function recordOf(shape: Shape): Shape {
  return (value, path) => {
    if (!isObjectLike(value)) return unexpected(path, 'an object', value);
    for (const name of Object.keys(value)) {
      const fault = shape(value[name], `${path}.${name}`);
      if (fault) return fault;
    }
    return undefined;
  };
}

/** An array whose elements all have one shape. */
export function arrayOf(shape: Shape): Shape {
  return (value, path) => {
    if (!Array.isArray(value)) return unexpected(path, 'an array', value);
    for (const [index, element] of value.entries()) {
      const fault = shape(element, `${path}[${index}]`);
      if (fault) return fault;
    }
    return undefined;
  };
}

function unexpected(path: string, expected: string, value: unknown): string {
  return `${path === '' ? 'it' : `'${path}'`} should be ${expected}, but is ${describe(value)}`;
}

function describe(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return String(value);
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'function' ? 'a function' : 'an object';
}

function isObjectLike(value: unknown): value is Record<string, unknown> {
  return (typeof value === 'object' && value !== null && !Array.isArray(value)) || typeof value === 'function';
}
