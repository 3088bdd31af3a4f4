import type { JsonObject, JsonValue } from '@bulkhead/types';
import type { ConfigSchema } from './config-schema.ts';
import { visitConfig } from './visit-config.ts';

/** What stands in place of a secret. */
export const REDACTED = '***';

/**
 * Names under which people keep secrets. A net below the schemas: a plugin that describes nothing must not leak its
 * password. A schema that gives the key `visibility: backend` or `frontend` wins.
 */
const SECRET_NAME =
  /(?:password|passwd|passphrase|secret|token|credential|(?:private|api|access|signing|encryption)[-_]?key|connection[-_]?string)s?$/i;

/** The password in `scheme://user:password@host`. */
const URL_PASSWORD = /^([a-z][a-z0-9+.-]*:\/\/[^/?#\s:@]*:)([^/?#\s]+)(@)/i;

/** Shorter ones occur in texts by chance, and are no secrets that deserve the name. */
const MIN_LENGTH = 4;

/** A value to hide, or the part of it. */
interface Secret {
  readonly path: readonly string[];
  readonly value: string;
  /** What to show instead of the whole value. */
  readonly shown: string;
}

/**
 * The values that logs must not show: those with `visibility: secret` in a schema, strings under keys whose name says
 * so (`password`, `token`, `apiKey`, …) unless a schema says otherwise, and the passwords in URLs.
 *
 * Values of less than four characters are left out: whoever replaces them in a text destroys the text.
 */
export function collectSecrets(data: JsonObject, schema?: ConfigSchema): ReadonlySet<string> {
  const values = findSecrets(data, schema).map(({ value }) => value);
  return new Set(values.filter((value) => value.length >= MIN_LENGTH));
}

/** A copy with `***` in place of every secret. */
export function redactConfig(data: JsonObject, schema?: ConfigSchema): JsonObject {
  const shown = new Map(findSecrets(data, schema).map((secret) => [JSON.stringify(secret.path), secret.shown]));
  return redact(data, [], shown) as JsonObject;
}

function redact(value: JsonValue, path: readonly string[], shown: ReadonlyMap<string, string>): JsonValue {
  const replacement = shown.get(JSON.stringify(path));
  if (replacement !== undefined) {
    return replacement;
  }
  if (Array.isArray(value)) {
    return value.map((item, index) => redact(item, [...path, String(index)], shown));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, redact(inner!, [...path, key], shown)]));
}

function findSecrets(data: JsonObject, schema: ConfigSchema | undefined): readonly Secret[] {
  const secrets: Secret[] = [];
  visitConfig(data, schema, ({ path, value, visibility, schemas }) => {
    const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
    // What is one of a few words that everybody knows is no secret, whatever the key is called.
    const mayBeSecret = typeof value === 'string' && !schemas.some(({ enum: words }) => words?.includes(value));
    const isSecret = visibility === 'secret' || (visibility === undefined && mayBeSecret && isSecretPath(path));
    if (text !== '' && isSecret) {
      secrets.push({ path, value: text, shown: REDACTED });
      return;
    }
    const [, before = '', password] = URL_PASSWORD.exec(text) ?? [];
    if (password !== undefined) {
      secrets.push({ path, value: password, shown: text.replace(before + password, before + REDACTED) });
    }
  });
  return secrets;
}

/** Whether the key of a value, or of the list that it is in, says that it is secret. */
function isSecretPath(path: readonly string[]): boolean {
  return SECRET_NAME.test(path.findLast((part) => !/^\d+$/.test(part)) ?? '');
}
