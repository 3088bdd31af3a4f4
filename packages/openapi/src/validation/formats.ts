import { fullFormats } from 'ajv-formats/dist/formats.js';

/** What a text of a `format` has to pass, or a number. */
export type Format =
  ((text: string) => boolean) | { readonly type: 'number'; readonly validate: (value: number) => boolean };

/** A UUID as JSON Schema has it; ajv-formats would also let a `urn:uuid:` through, which databases do not take. */
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/iu;

/**
 * The formats of JSON Schema and OpenAPI, from ajv-formats. A format that is not here says nothing about what is valid:
 * `password` and `binary`, those of internationalised names, those that somebody made up.
 */
export const formats: Readonly<Record<string, Format>> = {
  ...Object.fromEntries(Object.entries(fullFormats).flatMap(([name, format]) => checked(name, format))),
  uuid: (text) => UUID.test(text),
};

type AjvFormat = (typeof fullFormats)[keyof typeof fullFormats];

function checked(name: string, format: AjvFormat): [string, Format][] {
  if (typeof format === 'function') {
    return [[name, format]];
  }
  if (format instanceof RegExp) {
    return [[name, (text) => format.test(text)]];
  }
  if (typeof format !== 'object' || format.async === true || typeof format.validate !== 'function') {
    return [];
  }
  const validate = format.validate as (value: unknown) => boolean;
  return [[name, format.type === 'number' ? { type: 'number', validate } : validate]];
}
