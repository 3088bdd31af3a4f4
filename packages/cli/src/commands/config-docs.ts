import { describeConfig, type ConfigKeyDescription } from '@bulkhead/config-loader';
import { loadHostSchema } from '../host/load-host-config.ts';

/** Options of `bulkhead config docs`. */
export interface ConfigDocsOptions {
  readonly json?: boolean;
  readonly markdown?: boolean;
}

/** Lists every key that can be set. */
export async function configDocs({ json, markdown }: ConfigDocsOptions): Promise<void> {
  const keys = describeConfig(loadHostSchema());
  process.stdout.write(json ? `${JSON.stringify(keys, null, 2)}\n` : markdown ? toMarkdown(keys) : toText(keys));
}

function toText(keys: readonly ConfigKeyDescription[]): string {
  return keys
    .map((key) => {
      const facts = [key.type, ...defaultOf(key), ...marksOf(key)].join(', ');
      const lines = [facts, ...(key.description?.split('\n') ?? []), key.package ?? ''];
      return [key.key, ...lines.filter(Boolean).map((line) => `  ${line}`)].join('\n');
    })
    .map((block) => `${block}\n`)
    .join('\n');
}

function toMarkdown(keys: readonly ConfigKeyDescription[]): string {
  const rows = keys.map((key) => [
    `\`${key.key}\``,
    key.type,
    key.default === undefined ? (key.required ? 'required' : '') : `\`${JSON.stringify(key.default)}\``,
    [key.description, ...deprecationOf(key)].filter(Boolean).join(' '),
    key.visibility,
    key.package ?? '',
  ]);
  const header = ['key', 'type', 'default', 'meaning', 'visibility', 'package'];
  return [header, header.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map(escapeCell).join(' | ')} |\n`)
    .join('');
}

function defaultOf(key: ConfigKeyDescription): string[] {
  return key.default === undefined ? [] : [`default ${JSON.stringify(key.default)}`];
}

function marksOf(key: ConfigKeyDescription): string[] {
  return [
    ...(key.required ? ['required'] : []),
    // What only the backend sees needs no mention.
    ...(key.visibility === 'backend' ? [] : [key.visibility]),
    ...deprecationOf(key),
  ];
}

function deprecationOf({ deprecated }: ConfigKeyDescription): string[] {
  if (!deprecated) return [];
  return [typeof deprecated === 'string' ? `deprecated: ${deprecated}` : 'deprecated'];
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ');
}
