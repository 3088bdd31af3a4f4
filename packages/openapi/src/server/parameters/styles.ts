import type { Parameter } from '../../contract/parameter.ts';

/** The items of a list, not decoded. `undefined`: it is not written as its style says. */
export type RawItems = readonly string[] | undefined;
/** The same for an object. */
export type RawPairs = readonly (readonly [name: string, value: string])[] | undefined;

const SPACES = /%20|\+| /;
const PIPES = /\||%7C/i;

/** The text of a parameter that is not taken apart. */
export function rawText({ name, style }: Parameter, raw: string): string | undefined {
  switch (style) {
    case 'label':
      return raw.startsWith('.') ? raw.slice(1) : undefined;
    case 'matrix':
      return matrixValue(name, raw);
    default:
      return raw;
  }
}

/** The items of a list that stands in one place. */
export function rawItems(parameter: Parameter, raw: string): RawItems {
  const { name, style, explode } = parameter;
  switch (style) {
    case 'label':
      return raw.startsWith('.') ? raw.slice(1).split(explode ? '.' : ',') : undefined;
    case 'matrix':
      return explode ? explodedMatrixItems(name, raw) : matrixValue(name, raw)?.split(',');
    case 'spaceDelimited':
      return raw.split(SPACES);
    case 'pipeDelimited':
      return raw.split(PIPES);
    default:
      return parameter.part === 'headers' ? raw.split(',').map((item) => item.trim()) : raw.split(',');
  }
}

/** The properties of an object that stands in one place. */
export function rawPairs(parameter: Parameter, raw: string): RawPairs {
  const { style, explode } = parameter;
  if (!explode) {
    return alternating(rawItems(parameter, raw));
  }
  switch (style) {
    case 'label':
      return raw.startsWith('.') ? assignments(raw.slice(1).split('.')) : undefined;
    case 'matrix':
      return raw.startsWith(';') ? assignments(raw.slice(1).split(';')) : undefined;
    default:
      return assignments(rawItems(parameter, raw)!);
  }
}

/** `;name=value`, or `;name` for an empty text. */
function matrixValue(name: string, raw: string): string | undefined {
  const prefix = `;${encodeURIComponent(name)}`;
  if (!raw.startsWith(prefix)) {
    return undefined;
  }
  const rest = raw.slice(prefix.length);
  return rest === '' ? '' : rest.startsWith('=') ? rest.slice(1) : undefined;
}

/** `;name=first;name=second` */
function explodedMatrixItems(name: string, raw: string): RawItems {
  if (!raw.startsWith(';')) {
    return undefined;
  }
  const values = raw
    .slice(1)
    .split(';')
    .map((item) => matrixValue(name, `;${item}`));
  return values.includes(undefined) ? undefined : (values as string[]);
}

/** `name,value,name,value` */
function alternating(items: RawItems): RawPairs {
  if (!items || items.length % 2 !== 0) {
    return undefined;
  }
  return Array.from({ length: items.length / 2 }, (_, index) => [items[2 * index]!, items[2 * index + 1]!]);
}

/** `name=value` each */
function assignments(items: readonly string[]): RawPairs {
  const pairs = items.map((item): readonly [string, string] => {
    const equals = item.indexOf('=');
    return equals === -1 ? ['', ''] : [item.slice(0, equals), item.slice(equals + 1)];
  });
  return pairs.some(([name]) => name === '') ? undefined : pairs;
}
