import { encodePathLiteral } from '../../contract/path-literal.ts';

/** A segment of a path template, such as `todos`, `{id}` or `{name}.json`. */
export type TemplateSegment =
  | { readonly type: 'literal'; readonly text: string }
  | { readonly type: 'parameter'; readonly name: string }
  /** `literals[0]`, a parameter, `literals[1]`, … : one literal more than there are parameters, some of them empty. */
  | { readonly type: 'mixed'; readonly literals: readonly string[]; readonly names: readonly string[] };

const EXPRESSION = /\{([^{}]*)\}/;

/**
 * The segments of a template, in the form in which paths are sent: what a URL cannot hold is percent-encoded.
 *
 * @param template - begins with a slash
 */
export function parsePathTemplate(template: string): readonly TemplateSegment[] {
  return template.slice(1).split('/').map(parseSegment);
}

function parseSegment(segment: string): TemplateSegment {
  // Split at the expressions: literals stand at even places, names at odd ones.
  const parts = segment.split(EXPRESSION);
  const literals = parts.filter((_, index) => index % 2 === 0).map((literal) => encodePathLiteral(literal));
  const names = parts.filter((_, index) => index % 2 === 1);
  if (names.length === 0) {
    return { type: 'literal', text: literals[0]! };
  }
  return names.length === 1 && literals.every((literal) => literal === '')
    ? { type: 'parameter', name: names[0]! }
    : { type: 'mixed', literals, names };
}

/**
 * Cuts the values of parameters out of a segment. Each value is as short as it can be, and none is empty.
 *
 * @param literals - as in {@link TemplateSegment}
 * @returns `undefined` if the segment does not have the literals
 */
export function matchMixedSegment(literals: readonly string[], segment: string): readonly string[] | undefined {
  const last = literals.length - 1;
  if (!segment.startsWith(literals[0]!)) {
    return undefined;
  }
  const values: string[] = [];
  let start = literals[0]!.length;
  for (let index = 1; index <= last; index++) {
    const literal = literals[index]!;
    const end = index === last ? segment.length - literal.length : segment.indexOf(literal, start + 1);
    if (end <= start || (index === last && !segment.endsWith(literal))) {
      return undefined;
    }
    values.push(segment.slice(start, end));
    start = end + literal.length;
  }
  return values;
}
