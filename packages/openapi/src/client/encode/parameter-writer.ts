import type { Parameter } from '../../contract/parameter.ts';
import { unwritableParameter } from '../errors.ts';
import { scalarText } from './scalar-text.ts';

/** What encodeURIComponent writes for reserved characters that have no meaning of their own inside of a query. */
const RESERVED = /%(?:3A|2F|3F|40|24|3B|3D)/g;
/** What the value of a header may hold (RFC 9110, 5.5). */
export const HEADER_TEXT = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Writes the values of one parameter: the counterpart of what servers read by. */
export class ParameterWriter {
  readonly parameter: Parameter;
  readonly #pointer: string;
  readonly #name: string;

  constructor(parameter: Parameter) {
    this.parameter = parameter;
    this.#pointer = `/${parameter.part}/${parameter.name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    this.#name = encodeURIComponent(parameter.name);
  }

  /** The text for the one place that a path or header parameter has; `undefined` for an empty list in a header. */
  writeText(value: unknown): string | undefined {
    const { style, explode, shape } = this.parameter;
    switch (style) {
      case 'label':
        return this.#begin('.', this.#parts(value), shape.type !== 'scalar' && explode ? '.' : ',');
      case 'matrix':
        return this.#writeMatrix(value);
      default: {
        const parts = this.#parts(value);
        return parts.length === 0 ? undefined : parts.join(',');
      }
    }
  }

  /** The `name=value` pairs of a query or cookie parameter. */
  writePairs(value: unknown): readonly string[] {
    const { style, explode, shape } = this.parameter;
    if (shape.type === 'object' && (explode || style === 'deepObject')) {
      return this.#entries(value).map(([name, text]) =>
        style === 'deepObject' ? `${this.#name}%5B${name}%5D=${text}` : `${name}=${text}`,
      );
    }
    const parts = this.#parts(value);
    if (shape.type === 'array' && explode) {
      return parts.map((part) => `${this.#name}=${part}`);
    }
    return parts.length === 0 ? [] : [`${this.#name}=${parts.join(DELIMITERS[style] ?? ',')}`];
  }

  /** @throws BulkheadError `ERR_CLIENT_PARAMETER` */
  refuse(reason: string): never {
    throw unwritableParameter(this.#pointer, reason);
  }

  #begin(prefix: string, parts: readonly string[], delimiter: string): string {
    return parts.length === 0 ? '' : `${prefix}${parts.join(delimiter)}`;
  }

  #writeMatrix(value: unknown): string {
    const { explode, shape } = this.parameter;
    const parts = this.#parts(value);
    if (parts.length === 0) {
      return '';
    }
    if (explode && shape.type === 'object') {
      return parts.map((part) => `;${part}`).join('');
    }
    const assign = (text: string): string => (text === '' ? `;${this.#name}` : `;${this.#name}=${text}`);
    return explode && shape.type === 'array' ? parts.map(assign).join('') : assign(parts.join(','));
  }

  /** The texts that a value consists of, encoded; what stands between them is a question of style. */
  #parts(value: unknown): readonly string[] {
    const { explode, shape } = this.parameter;
    switch (shape.type) {
      case 'scalar':
        return [this.#encode(scalarText(value) ?? this.refuse('it is not a text, number or boolean'))];
      case 'json':
        return [this.#encode(JSON.stringify(value))];
      case 'array': {
        const isSingle = shape.orSingle && scalarText(value) !== undefined;
        const items: readonly unknown[] = isSingle
          ? [value]
          : Array.isArray(value)
            ? value
            : this.refuse('it is not a list');
        return items.map((item) => this.#encode(scalarText(item) ?? this.refuse('an item is not a scalar'), true));
      }
      case 'object': {
        const entries = this.#entries(value);
        return explode ? entries.map(([name, text]) => `${name}=${text}`) : entries.flat();
      }
    }
  }

  /** The properties of an object, encoded; one with a list for a value comes once for each item. */
  #entries(value: unknown): readonly (readonly [name: string, value: string])[] {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      this.refuse('it is not an object');
    }
    return Object.entries(value).flatMap(([name, property]: [string, unknown]) =>
      (Array.isArray(property) ? (property as unknown[]) : [property])
        .filter((item) => item !== undefined)
        .map((item): readonly [string, string] => [
          this.#encode(name, true),
          this.#encode(scalarText(item) ?? this.refuse(`its property '${name}' is not a scalar`), true),
        ]),
    );
  }

  /** @param isPart - whether it stands between others, so that it must not hold what separates them */
  #encode(text: string, isPart = false): string {
    const { part, style, explode, allowReserved, shape } = this.parameter;
    if (part === 'headers') {
      return this.#checkHeader(text, isPart);
    }
    if (isPart && !explode && CLASHES[style]?.test(text)) {
      this.refuse(`the style '${style}' has no way to write ${JSON.stringify(text)}`);
    }
    const encoded = this.#percentEncode(text);
    if (style === 'label' && explode && shape.type !== 'scalar') {
      return encoded.replaceAll('.', '%2E');
    }
    return allowReserved ? encoded.replace(RESERVED, decodeURIComponent) : encoded;
  }

  #percentEncode(text: string): string {
    try {
      return encodeURIComponent(text);
    } catch {
      return this.refuse('it has half of a surrogate pair');
    }
  }

  #checkHeader(text: string, isPart: boolean): string {
    if (!HEADER_TEXT.test(text)) {
      this.refuse('headers hold no control characters, and none beyond Latin-1');
    }
    if (text !== text.trim()) {
      this.refuse('white space at the ends of a header is lost');
    }
    return isPart && text.includes(',') ? this.refuse('an item of a header holds no comma') : text;
  }
}

/** What stands between the items of a list in a query. */
const DELIMITERS: Partial<Record<Parameter['style'], string>> = { spaceDelimited: '%20', pipeDelimited: '%7C' };
/** What items must not hold since it would separate them. A comma or a plus sign is told from one that separates by its encoding. */
const CLASHES: Partial<Record<Parameter['style'], RegExp>> = { spaceDelimited: / /, pipeDelimited: /\|/ };
