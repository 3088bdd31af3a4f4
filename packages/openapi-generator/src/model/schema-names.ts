import { isObject } from '../read/json-pointer.ts';
import { pascalCase, UniqueNames } from './names.ts';

const PREFIX = '#/components/schemas/';

/** Which type stands for which component: names of schemas may be anything, names of types may not. */
export class SchemaNames {
  readonly #types = new Map<string, string>();

  /** @param schemas - `components.schemas` of the bundled document */
  constructor(schemas: unknown) {
    const free = new UniqueNames();
    for (const name of isObject(schemas) ? Object.keys(schemas) : []) {
      this.#types.set(name, free.take(pascalCase(name)));
    }
  }

  /** The components with their types, in the order of the document. */
  entries(): Iterable<readonly [component: string, type: string]> {
    return this.#types;
  }

  /** A reference of the document as one of the model. */
  toModel(reference: string): string {
    const component = componentOf(reference);
    return `${PREFIX}${this.#types.get(component) ?? pascalCase(component)}`;
  }
}

/** The name of the component that a reference of the document leads to. */
export function componentOf(reference: string): string {
  return decodeURI(reference.slice(PREFIX.length)).replaceAll('~1', '/').replaceAll('~0', '~');
}

/** The type that a reference of the model names. */
export function typeNameOf(reference: string): string {
  return reference.slice(PREFIX.length);
}
