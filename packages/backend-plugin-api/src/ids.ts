const WORD = /^[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*$/i;
const DOTTED = /^[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*(?:\.[a-z0-9]+(?:[-_][a-z0-9]+)*)*$/i;

/** Longest plugin id: leaves room for a prefix within PostgreSQL's 63 bytes of identifier. */
const MAX_LENGTH = 48;

/** Whether `id` can name a plugin: letters and digits, first a letter, words joined by single dashes or underscores. */
export function isPluginId(id: unknown): id is string {
  return typeof id === 'string' && id.length <= MAX_LENGTH && WORD.test(id);
}

/** Whether `id` can name a module; the same rule as for plugins, for any length. */
export function isModuleId(id: unknown): id is string {
  return typeof id === 'string' && WORD.test(id);
}

/** Whether `id` can name a service or an extension point: plugin-like words joined by dots. */
export function isServiceId(id: unknown): id is string {
  return typeof id === 'string' && DOTTED.test(id);
}
