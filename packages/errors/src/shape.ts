/** What is wrong with a value, or with a part of it. */
export interface ShapeFault {
  /** Leads from the value to the part: names of fields, and `[2]` for an element. */
  readonly path: readonly string[];
  /** What was expected and what is there, as the end of a sentence that begins with the part. */
  readonly message: string;
}

/** Says what is wrong with a value, or `undefined` when nothing is. Stops at the first fault. */
export type Shape = (value: unknown) => ShapeFault | undefined;

/** A value of a kind that `typeof` can tell. */
export function kind(expected: 'string' | 'function' | 'boolean'): Shape {
  return (value) => (typeof value === expected ? undefined : unexpected(`a ${expected}`, value));
}

/** One of a few literal values. */
export function oneOf(...expected: readonly unknown[]): Shape {
  return (value) =>
    expected.includes(value) ? undefined : unexpected(expected.map((each) => JSON.stringify(each)).join(' or '), value);
}

/** A shape that may also be absent. */
export function optional(shape: Shape): Shape {
  return (value) => (value === undefined ? undefined : shape(value));
}

/** An object, or a function, with certain fields. */
export function fields(shapes: Readonly<Record<string, Shape>>): Shape {
  const entries = Object.entries(shapes);
  return (value) => {
    if (!isObjectLike(value)) return unexpected('an object', value);
    for (const [name, shape] of entries) {
      const fault = shape(value[name]);
      if (fault) return within(name, fault);
    }
    return undefined;
  };
}

/** An object whose values all have one shape. */
export function recordOf(shape: Shape): Shape {
  return (value) => {
    if (!isObjectLike(value)) return unexpected('an object', value);
    for (const name of Object.keys(value)) {
      const fault = shape(value[name]);
      if (fault) return within(name, fault);
    }
    return undefined;
  };
}

/** An array whose elements all have one shape. */
export function arrayOf(shape: Shape): Shape {
  return (value) => {
    if (!Array.isArray(value)) return unexpected('an array', value);
    for (const [index, element] of value.entries()) {
      const fault = shape(element);
      if (fault) return within(`[${index}]`, fault);
    }
    return undefined;
  };
}

/** An array of a fixed length whose elements each have a shape of their own. */
export function tupleOf(...shapes: readonly Shape[]): Shape {
  return (value) => {
    if (!Array.isArray(value) || value.length !== shapes.length) {
      return unexpected(`an array of ${shapes.length}`, value);
    }
    for (const [index, shape] of shapes.entries()) {
      const fault = shape(value[index]);
      if (fault) return within(`[${index}]`, fault);
    }
    return undefined;
  };
}

/** Any value whatever. */
export function anything(): undefined {
  return undefined;
}

/** A fault of a part, seen from the value that the part belongs to. */
export function within(name: string, { path, message }: ShapeFault): ShapeFault {
  return { path: [name, ...path], message };
}

/** `'init.deps.logger.id' should be a string, but is 7`. */
export function formatShapeFault({ path, message }: ShapeFault): string {
  const place = path.map((name, index) => (index === 0 || name.startsWith('[') ? name : `.${name}`)).join('');
  return `${place === '' ? 'it' : `'${place}'`} ${message}`;
}

function unexpected(expected: string, value: unknown): ShapeFault {
  return { path: [], message: `should be ${expected}, but is ${describe(value)}` };
}

function describe(value: unknown): string {
  switch (typeof value) {
    case 'undefined':
      return 'missing';
    case 'string':
      return JSON.stringify(value);
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? 'an array' : 'an object';
    case 'function':
      return 'a function';
    default:
      return String(value);
  }
}

function isObjectLike(value: unknown): value is Record<string, unknown> {
  return (typeof value === 'object' && value !== null && !Array.isArray(value)) || typeof value === 'function';
}
