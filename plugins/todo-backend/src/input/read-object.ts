import { nearestName } from '@bulkhead/errors';
import { invalidInput, type InputFault } from '../errors.ts';

/** What a value may be, and how to say so. */
export interface Kind<T> {
  /** Completes a sentence that begins with the place, for example `must be a boolean`. */
  readonly expectation: string;
  /** The value as the domain wants it; `undefined` if it is not of this kind. */
  read(value: unknown): T | undefined;
}

/** Reads the properties of an object. Each property that is not asked for counts as a fault. */
export interface PropertyReader {
  required<T>(name: string, kind: Kind<T>): T;
  optional<T>(name: string, kind: Kind<T>): T | undefined;
}

/**
 * Reads an object from a request with the help of `read`, and names everything that is wrong with it at once.
 *
 * @param pointer - JSON pointer to the object, for example `/body`
 * @throws InputError `ERR_TODO_INVALID_INPUT`
 */
export function readObject<T>(pointer: string, value: unknown, read: (properties: PropertyReader) => T): T {
  if (!isRecord(value)) throw invalidInput([{ pointer, fault: 'must be an object' }]);
  const faults: InputFault[] = [];
  const asked = new Set<string>();

  function optional<P>(name: string, kind: Kind<P>): P | undefined {
    asked.add(name);
    // Inherited properties, such as `constructor`, are none of the request's.
    if (!Object.hasOwn(value as object, name)) return undefined;
    const property = kind.read((value as Record<string, unknown>)[name]);
    if (property === undefined) faults.push({ pointer: `${pointer}/${name}`, fault: kind.expectation });
    return property;
  }

  const result = read({
    optional,
    required<P>(name: string, kind: Kind<P>): P {
      if (!Object.hasOwn(value, name)) faults.push({ pointer: `${pointer}/${name}`, fault: 'is missing' });
      // A fault is on record if this is undefined; then nobody gets to see the result.
      return optional(name, kind) as P;
    },
  });
  for (const name of Object.keys(value)) {
    if (!asked.has(name)) faults.push({ pointer: `${pointer}/${escape(name)}`, fault: unknownFault(name, asked) });
  }
  if (faults.length > 0) throw invalidInput(faults);
  return result;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unknownFault(name: string, known: Iterable<string>): string {
  const nearest = nearestName(name, known);
  return nearest === undefined ? 'is not known' : `is not known, was ${nearest} meant?`;
}

/** A reference token as RFC 6901, section 3, writes it. */
function escape(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
