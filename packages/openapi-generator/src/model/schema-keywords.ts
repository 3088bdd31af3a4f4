/** What a keyword of JSON Schema must have as its value. */
export type KeywordValue = 'number' | 'count' | 'text' | 'flag' | 'texts' | 'any' | 'list' | 'map';

/**
 * The keywords that say something about values or to the readers of generated types, without those that hold schemas.
 * What is not here is left out of the model.
 */
export const KEYWORDS: ReadonlyMap<string, KeywordValue> = new Map<string, KeywordValue>([
  ['title', 'text'],
  ['description', 'text'],
  ['deprecated', 'flag'],
  ['readOnly', 'flag'],
  ['writeOnly', 'flag'],
  ['default', 'any'],
  ['type', 'any'],
  ['const', 'any'],
  ['enum', 'list'],
  ['format', 'text'],
  ['pattern', 'text'],
  ['contentEncoding', 'text'],
  ['contentMediaType', 'text'],
  ['minLength', 'count'],
  ['maxLength', 'count'],
  ['minimum', 'number'],
  ['maximum', 'number'],
  ['exclusiveMinimum', 'number'],
  ['exclusiveMaximum', 'number'],
  ['multipleOf', 'number'],
  ['minItems', 'count'],
  ['maxItems', 'count'],
  ['minContains', 'count'],
  ['maxContains', 'count'],
  ['uniqueItems', 'flag'],
  ['required', 'texts'],
  ['minProperties', 'count'],
  ['maxProperties', 'count'],
  ['dependentRequired', 'map'],
]);

/** Whether a value is what a keyword must have. */
export function isKeywordValue(kind: KeywordValue, value: unknown): boolean {
  switch (kind) {
    case 'number':
      return typeof value === 'number';
    case 'count':
      return Number.isInteger(value) && (value as number) >= 0;
    case 'text':
      return typeof value === 'string';
    case 'flag':
      return typeof value === 'boolean';
    case 'texts':
      return Array.isArray(value) && value.every((each) => typeof each === 'string');
    case 'list':
      return Array.isArray(value);
    case 'map':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    case 'any':
      return value !== undefined;
  }
}

/** What a keyword wants, for people. */
export const KEYWORD_VALUES: Readonly<Record<KeywordValue, string>> = {
  number: 'a number',
  count: 'a whole number that is not negative',
  text: 'a text',
  flag: 'true or false',
  texts: 'a list of texts',
  list: 'a list',
  map: 'a map',
  any: 'a value',
};

/** The formats that are checked. Any other one is a note to people, as JSON Schema has it. */
export const FORMATS: ReadonlySet<string> = new Set([
  ...[
    'date',
    'time',
    'date-time',
    'duration',
    'uri',
    'uri-reference',
    'uri-template',
    'email',
    'hostname',
    'ipv4',
    'ipv6',
  ],
  ...[
    'uuid',
    'regex',
    'json-pointer',
    'relative-json-pointer',
    'byte',
    'binary',
    'int32',
    'int64',
    'float',
    'double',
    'password',
  ],
]);

/** The types of JSON Schema. */
export const TYPES: ReadonlySet<unknown> = new Set([
  ...['null', 'boolean', 'object', 'array', 'number', 'integer', 'string'],
]);
