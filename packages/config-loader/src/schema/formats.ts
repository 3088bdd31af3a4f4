import { durationToMilliseconds } from '@bulkhead/types';
import { isSchemaNode } from './schema-node.ts';

/** Formats that configurations need and JSON Schema either lacks or reads more narrowly. */
export const CONFIG_FORMATS: Readonly<Record<string, (text: string) => boolean>> = {
  /** What `readDuration` reads: `5s`, `1h 30m`, `PT5M`. */
  duration: isDuration,
  /** What `readBytes` reads: `512kb`, `1mb`. */
  bytes: (text) => /^\d+(?:\.\d+)?\s*(?:b|kb|mb|gb|tb)?$/i.test(text.trim()),
  uri: (text) => URL.canParse(text),
};

/** What a text of each format is, with its article. */
export const FORMAT_NAMES: Readonly<Record<string, string>> = {
  duration: "a duration like '5s', '10m' or 'PT1H'",
  bytes: "a size like '512kb' or '1mb'",
  uri: 'a URL',
};

function isDuration(text: string): boolean {
  try {
    durationToMilliseconds(text);
    return true;
  } catch {
    return false;
  }
}

/** Whether a schema has a format that is not among {@link CONFIG_FORMATS}, for which `ajv-formats` has to be loaded. */
export function needsMoreFormats(schema: unknown): boolean {
  if (Array.isArray(schema)) {
    return schema.some(needsMoreFormats);
  }
  if (!isSchemaNode(schema)) {
    return false;
  }
  const { format } = schema;
  const isUnknown = typeof format === 'string' && !Object.hasOwn(CONFIG_FORMATS, format);
  return isUnknown || Object.values(schema).some(needsMoreFormats);
}
