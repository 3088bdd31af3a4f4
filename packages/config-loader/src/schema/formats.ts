import { durationToMilliseconds } from '@bulkhead/types';

/** Formats that configurations need and JSON Schema either lacks or reads more narrowly. */
export const CONFIG_FORMATS: Readonly<Record<string, (text: string) => boolean>> = {
  /** What `readDuration` reads: `5s`, `1h 30m`, `PT5M`. */
  duration: isDuration,
  /** What `readBytes` reads: `512kb`, `1mb`. */
  bytes: (text) => /^\d+(?:\.\d+)?\s*(?:b|kb|mb|gb|tb)?$/i.test(text.trim()),
  uri: (text) => URL.canParse(text),
  url: (text) => URL.canParse(text),
};

/** What a text of each format is, with its article. */
export const FORMAT_NAMES: Readonly<Record<string, string>> = {
  duration: "a duration like '5s', '10m' or 'PT1H'",
  bytes: "a size like '512kb' or '1mb'",
  uri: 'a URL',
  url: 'a URL',
};

function isDuration(text: string): boolean {
  try {
    durationToMilliseconds(text);
    return true;
  } catch {
    return false;
  }
}
