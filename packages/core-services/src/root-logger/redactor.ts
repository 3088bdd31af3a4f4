/** Takes secrets out of a text. */
export type Redactor = (text: string) => string;

const REPLACEMENT = '***';

/** A single character as a secret would turn every line into stars. */
const MIN_LENGTH = 2;

/**
 * Makes a redactor for the secrets of the configuration. A secret is found as it is, as it reads inside of JSON, and as
 * it reads inside of a URL.
 */
export function createRedactor(secrets: Iterable<string>): Redactor {
  const forms = new Set<string>();
  for (const secret of secrets) {
    if (secret.trim().length < MIN_LENGTH) continue;
    for (const form of formsOf(secret)) forms.add(form);
  }
  if (forms.size === 0) return (text) => text;
  // The longest first: a secret may begin with another one, and nothing of it must stay.
  const longestFirst = [...forms].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(longestFirst.map(escapeForRegExp).join('|'), 'g');
  return (text) => text.replace(pattern, REPLACEMENT);
}

function formsOf(secret: string): string[] {
  const inJson = JSON.stringify(secret).slice(1, -1);
  const forms = [secret, secret.trim(), inJson, JSON.stringify(inJson).slice(1, -1)];
  return [...forms, ...formsInUrls(secret)];
}

function formsInUrls(secret: string): string[] {
  try {
    return [encodeURIComponent(secret), encodeURI(secret)];
  } catch {
    // Half of a surrogate pair cannot be part of a URL.
    return [];
  }
}

function escapeForRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
