import { invalidKey } from './errors.ts';

const KEY_PART = /^[a-z][a-z0-9]*(?:[-_:][a-z0-9]+)*$/i;

/** Whether `name` can stand between the dots of a key: a letter first, then letters and digits, single `-_:` inside. */
export function isConfigKeyPart(name: string): boolean {
  return KEY_PART.test(name);
}

/** The parts of a key; none for the empty key. @throws BulkheadError `ERR_CONFIG_KEY` */
export function parseConfigKey(key: string): readonly string[] {
  if (key === '') {
    return [];
  }
  const parts = key.split('.');
  if (!parts.every(isConfigKeyPart)) {
    throw invalidKey(key);
  }
  return parts;
}

/** A path as text: `['a', 'b', '0', 'c']` is `a.b[0].c`. */
export function formatConfigPath(path: readonly string[]): string {
  return path.reduce((text, part) => {
    if (/^\d+$/.test(part)) {
      return `${text}[${part}]`;
    }
    return text === '' ? part : `${text}.${part}`;
  }, '');
}
