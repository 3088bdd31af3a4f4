import type { Parameter, ParameterShape, ScalarType } from '../../contract/parameter.ts';
import { readScalar } from '../../contract/scalars.ts';
import { parseJson } from '../request/json.ts';
import { asIs, decodeFormText, decodePercent } from '../request/percent.ts';
import { below, type Violations } from '../violations/violations.ts';
import { rawItems, rawPairs, rawText, type RawPairs } from './styles.ts';

type ObjectShape = Extract<ParameterShape, { readonly type: 'object' }>;
type PropertyShape = ObjectShape['properties'][string];

const BROKEN = 'has percent-encoded bytes that are not UTF-8';

/** Turns what a request has in the place of a parameter into the parameter's value. */
export class ParameterDecoder {
  readonly parameter: Parameter;
  /** Where faults are reported. */
  readonly pointer: string;
  readonly #decodeText: (text: string) => string | undefined;

  constructor(parameter: Parameter) {
    this.parameter = parameter;
    this.pointer = below(`/${parameter.part}`, parameter.name);
    this.#decodeText = DECODERS[parameter.part];
  }

  /**
   * The value of a parameter, from all the places in which it stands: one, but for exploded lists in queries and cookies.
   *
   * @returns `undefined` if there is no telling the value; then a violation has been reported
   */
  decode(raws: readonly string[], violations: Violations): unknown {
    const { shape, part, explode } = this.parameter;
    if (shape.type === 'array' && explode && (part === 'query' || part === 'cookies')) {
      return this.#decodeItems(raws, shape.items, violations);
    }
    if (raws.length > 1) {
      violations.add(this.pointer, 'is given more than once');
      return undefined;
    }
    const raw = raws[0]!;
    switch (shape.type) {
      case 'scalar':
        return this.#decodeScalar(raw, shape.scalars, violations);
      case 'array':
        return this.#decodeItems(rawItems(this.parameter, raw), shape.items, violations);
      case 'object':
        return this.decodePairs(rawPairs(this.parameter, raw), violations);
      case 'json':
        return this.#decodeJson(raw, violations);
    }
  }

  /** The value of an object, from its properties. Those with a list for a value may come several times. */
  decodePairs(pairs: RawPairs, violations: Violations): unknown {
    if (!pairs) {
      return this.#misses(violations);
    }
    const value: Record<string, unknown> = {};
    for (const [rawName, raw] of pairs) {
      const name = this.#decodeText(rawName);
      if (name === undefined) {
        violations.add(this.pointer, BROKEN);
      } else if (name === '__proto__') {
        // Assigning to it would not make a property.
        violations.add(below(this.pointer, name), 'is a name that is not allowed');
      } else {
        this.#decodeProperty(value, { name, raw }, violations);
      }
    }
    return value;
  }

  #decodeProperty(
    target: Record<string, unknown>,
    { name, raw }: { readonly name: string; readonly raw: string },
    violations: Violations,
  ): void {
    const property = this.#propertyAt(name);
    if (property === undefined) {
      violations.add(below(this.pointer, name), 'is not known to the contract');
      return;
    }
    const text = this.#decodeText(raw);
    const isKnown = Object.hasOwn(target, name);
    if (text === undefined) {
      violations.add(below(this.pointer, name), BROKEN);
    } else if ('array' in property) {
      const item = readScalar(text, property.array);
      if (isKnown) {
        (target[name] as unknown[]).push(item);
      } else {
        target[name] = [item];
      }
    } else if (isKnown) {
      violations.add(below(this.pointer, name), 'is given more than once');
    } else {
      target[name] = readScalar(text, property);
    }
  }

  #propertyAt(name: string): PropertyShape | undefined {
    const { properties, additional } = this.parameter.shape as ObjectShape;
    return Object.hasOwn(properties, name) ? properties[name] : additional;
  }

  #decodeScalar(raw: string, types: readonly ScalarType[], violations: Violations): unknown {
    const text = this.#textOf(raw, violations);
    return text === undefined ? undefined : readScalar(text, types);
  }

  #decodeItems(raws: readonly string[] | undefined, types: readonly ScalarType[], violations: Violations): unknown {
    if (!raws) {
      return this.#misses(violations);
    }
    const items: unknown[] = [];
    for (const raw of raws) {
      const text = this.#decodeText(raw);
      if (text === undefined) {
        violations.add(below(this.pointer, items.length), BROKEN);
      }
      items.push(text === undefined ? undefined : readScalar(text, types));
    }
    return items;
  }

  #decodeJson(raw: string, violations: Violations): unknown {
    const text = this.#textOf(raw, violations);
    if (text === undefined) {
      return undefined;
    }
    const parsed = parseJson(text);
    if ('fault' in parsed) {
      violations.add(`${this.pointer}${parsed.pointer}`, parsed.fault);
      return undefined;
    }
    return parsed.value;
  }

  #textOf(raw: string, violations: Violations): string | undefined {
    const inner = rawText(this.parameter, raw);
    if (inner === undefined) {
      return this.#misses(violations);
    }
    const text = this.#decodeText(inner);
    if (text === undefined) {
      violations.add(this.pointer, BROKEN);
    }
    return text;
  }

  #misses(violations: Violations): undefined {
    const { style, explode } = this.parameter;
    violations.add(this.pointer, `is not written in the style '${style}' (explode: ${explode})`);
  }
}

/** How texts are written in the parts of a request. */
const DECODERS: Readonly<Record<Parameter['part'], (text: string) => string | undefined>> = {
  path: decodePercent,
  query: decodeFormText,
  headers: asIs,
  cookies: decodePercent,
};
