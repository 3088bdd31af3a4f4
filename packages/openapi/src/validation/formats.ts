import { format as formatsOfJsonSchema } from '@cfworker/json-schema';

/** What a text of a `format` has to pass, or a number. */
export type Format =
  ((text: string) => boolean) | { readonly type: 'number'; readonly validate: (value: number) => boolean };

const MAX_INT32 = 2 ** 31 - 1;
const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;
/** Those of the machine, of networks of one's own, and of nobody. */
const PRIVATE_IPV4 = /^(?:0|10|127|169\.254|172\.(?:1[6-9]|2\d|3[01])|192\.168|22[4-9]|2[3-5]\d)\./;
/** The end of a name, as `URL` writes it, that the whole world can resolve. */
const TOP_LEVEL = /\.(?:[a-z]{2,}|xn--[a-z0-9-]+)$/;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** A moment as `toISOString` writes it, on a day that there is every year. */
const USUAL_MOMENT =
  /^\d{4}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?Z$/;

/**
 * The formats of JSON Schema and OpenAPI. A format that is not here says nothing about what is valid: `password` and
 * `binary`, those of internationalised names, those that somebody made up.
 */
export const formats: Readonly<Record<string, Format>> = {
  ...formatsOfJsonSchema,
  // Without quotes, and at a domain: what mail servers take from strangers.
  email: (text) => formatsOfJsonSchema.email!(text) && /^[^"]+@[^[\]]+\.[^.[\]]+$/.test(text),
  // A list of twenty things that know when they were made and changed has forty.
  'date-time': (text) => USUAL_MOMENT.test(text) || formatsOfJsonSchema['date-time']!(text),
  // A leading zero means octal to some that read it.
  ipv4: (text) => IPV4.test(text),
  // The expression of others takes time that doubles with each character of a long name.
  url: isPublicUrl,
  byte: (text) => BASE64.test(text),
  int32: {
    type: 'number',
    validate: (value) => Number.isInteger(value) && value <= MAX_INT32 && value >= -MAX_INT32 - 1,
  },
  int64: { type: 'number', validate: (value) => Number.isInteger(value) },
  float: { type: 'number', validate: () => true },
  double: { type: 'number', validate: () => true },
};

/** Whether something is the URL of a website or of files that others can reach, too. */
function isPublicUrl(text: string): boolean {
  if (!/^(?:https?|ftp):\/\/\S+$/i.test(text) || !URL.canParse(text)) {
    return false;
  }
  const { hostname } = new URL(text);
  return IPV4.test(hostname) ? !PRIVATE_IPV4.test(hostname) : TOP_LEVEL.test(hostname);
}
