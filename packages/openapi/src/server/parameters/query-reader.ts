import { nearestName } from '@bulkhead/errors';
import type { Parameter } from '../../contract/parameter.ts';
import { forEachPair } from '../request/encoded-pairs.ts';
import { below, type Violations } from '../violations/violations.ts';
import { ParameterDecoder } from './parameter-decoder.ts';

/** What was found for a parameter: its values, or the properties of an object that is spread over several names. */
interface Found {
  readonly raws: string[];
  readonly pairs: [name: string, value: string][];
}

/** Which parameter a name in a query belongs to, and of which property of it. */
interface Owner {
  readonly index: number;
  readonly property?: string;
}

/** For how many names it is worth to look for one that might have been meant. */
const MAX_GUESSES = 10;

/** Reads the query parameters of an operation. */
export class QueryReader {
  readonly #decoders: readonly ParameterDecoder[];
  readonly #owners = new Map<string, Owner>();
  /** Objects in the style `deepObject`, by their name. */
  readonly #deep = new Map<string, number>();
  /** The object that takes whatever name no other parameter has. */
  readonly #catchAll: number | undefined;
  readonly #allowsOthers: boolean;

  /** @param allowsOthers - whether names that nobody knows are let through */
  constructor(parameters: readonly Parameter[], allowsOthers: boolean) {
    this.#decoders = parameters.map((parameter) => new ParameterDecoder(parameter));
    this.#allowsOthers = allowsOthers;
    for (const [index, { name, style, explode, shape }] of parameters.entries()) {
      if (style === 'deepObject') {
        this.#deep.set(name, index);
      } else if (shape.type !== 'object' || !explode) {
        this.#owners.set(name, { index });
      } else {
        Object.keys(shape.properties).forEach((property) => this.#owners.set(property, { index, property }));
        this.#catchAll = shape.additional ? index : this.#catchAll;
      }
    }
  }

  /**
   * The values of the parameters by name.
   *
   * @param query - as it was sent, without the question mark
   */
  read(query: string, violations: Violations): Record<string, unknown> {
    const values: Record<string, unknown> = {};
    if (query === '') {
      return values;
    }
    const found: (Found | undefined)[] = [];
    const isSound = forEachPair(query, (name, raw) => {
      const owner = this.#ownerOf(name);
      if (owner) {
        const { raws, pairs } = (found[owner.index] ??= { raws: [], pairs: [] });
        if (owner.property === undefined) {
          raws.push(raw);
        } else {
          pairs.push([encodeURIComponent(owner.property), raw]);
        }
      } else if (!this.#allowsOthers) {
        this.#refuse(name, violations);
      }
    });
    if (!isSound) {
      violations.add('/query', 'has a name with percent-encoded bytes that are not UTF-8');
    }
    this.#decode(found, values, violations);
    return values;
  }

  #ownerOf(name: string): Owner | undefined {
    const owner = this.#owners.get(name);
    if (owner || (this.#deep.size === 0 && this.#catchAll === undefined)) {
      return owner;
    }
    const deep = this.#findDeep(name);
    return deep ?? (this.#catchAll === undefined ? undefined : { index: this.#catchAll, property: name });
  }

  /**
   * What a name such as `filter[colour]` belongs to. Both parts of it may hold brackets themselves, but `][` would stand
   * for a value inside of a value, for which the style has no form.
   */
  #findDeep(name: string): Owner | undefined {
    if (!name.endsWith(']') || name.includes('][')) {
      return undefined;
    }
    for (const [object, index] of this.#deep) {
      if (name.startsWith(`${object}[`)) {
        return { index, property: name.slice(object.length + 1, -1) };
      }
    }
    return undefined;
  }

  #decode(found: readonly (Found | undefined)[], values: Record<string, unknown>, violations: Violations): void {
    for (const [index, entry] of found.entries()) {
      if (entry) {
        const decoder = this.#decoders[index]!;
        const { raws, pairs } = entry;
        const value = raws.length > 0 ? decoder.decode(raws, violations) : decoder.decodePairs(pairs, violations);
        if (value !== undefined) {
          values[decoder.parameter.name] = value;
        }
      }
    }
  }

  #refuse(name: string, violations: Violations): void {
    violations.add(below('/query', name), 'is not a parameter of this operation');
    if (violations.count > MAX_GUESSES || violations.hint !== undefined) {
      return;
    }
    const nearest = nearestName(name, [...this.#owners.keys(), ...this.#deep.keys()]);
    if (this.#deep.has(name)) {
      violations.hint = `Write the properties of the object as '${name}[property]=value'.`;
    } else if (nearest !== undefined) {
      violations.hint = `Did you mean '${nearest}' in place of the query parameter '${name}'?`;
    }
  }
}
