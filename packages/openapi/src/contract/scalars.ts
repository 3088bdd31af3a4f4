import type { ScalarType } from './parameter.ts';

/** What a text may have stood for. */
export type Scalar = string | number | boolean | null;

/** A number as JSON has it (RFC 8259, 6). */
const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * What a text stands for. A text that stands for none of the types stays as it is, for a validator to complain about.
 *
 * The types are tried from the narrowest to the widest: `null`, booleans, numbers, strings. So `12` is a number where
 * numbers and strings are allowed. A whole number that JavaScript cannot hold stays a text where whole numbers are
 * expected, rather than become another number.
 */
export function readScalar(text: string, types: readonly ScalarType[]): Scalar {
  if (types.length === 1 && types[0] === 'string') {
    return text;
  }
  if (text === 'null') {
    return types.includes('null') || types.includes('any') ? null : text;
  }
  if (text === 'true' || text === 'false') {
    return types.includes('boolean') || types.includes('any') ? text === 'true' : text;
  }
  return readNumber(text, types);
}

function readNumber(text: string, types: readonly ScalarType[]): number | string {
  const takesAll = types.includes('number') || types.includes('any');
  if ((!takesAll && !types.includes('integer')) || !JSON_NUMBER.test(text)) {
    return text;
  }
  const value = Number(text);
  return takesAll ? (Number.isFinite(value) ? value : text) : Number.isSafeInteger(value) ? value : text;
}
