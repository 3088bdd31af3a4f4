/** Makes of a body one without what does not travel in its direction. Copies what it changes. */
export type Prepare = (body: unknown) => unknown;

/** What becomes of the properties of an object. */
export interface PropertyChanges {
  /** These go. */
  readonly hidden: readonly string[];
  /** The values of these are changed. */
  readonly properties?: Readonly<Record<string, Prepare>>;
  /** The values of all others are changed. */
  readonly others?: Prepare;
}

/** An object without some of its properties, wherever they are inside of it. What is no object stays as it is. */
export function changeProperties(body: unknown, { hidden, properties = {}, others }: PropertyChanges): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return body;
  }
  const entries = Object.entries(body).filter(([name]) => !hidden.includes(name));
  return Object.fromEntries(
    entries.map(([name, value]) => {
      const change = Object.hasOwn(properties, name) ? properties[name] : others;
      return [name, change ? change(value) : value];
    }),
  );
}

/** A list of which all items are changed. What is no list stays as it is. */
export function changeItems(body: unknown, change: Prepare): unknown {
  return Array.isArray(body) ? body.map((item) => change(item)) : body;
}

/** An object that is changed in the way that one of its properties says. */
export function changeByTag(body: unknown, tag: string, changes: Readonly<Record<string, Prepare>>): unknown {
  if (typeof body !== 'object' || body === null) {
    return body;
  }
  const value = (body as Readonly<Record<string, unknown>>)[tag];
  return typeof value === 'string' && Object.hasOwn(changes, value) ? changes[value]!(body) : body;
}
