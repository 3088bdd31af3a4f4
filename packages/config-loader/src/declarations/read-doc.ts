import type { ConfigVisibility, SchemaNode } from '../schema/schema-node.ts';

/** What the comment in front of a key says of it, as keywords of a schema. */
export function readDoc(doc: string | undefined): SchemaNode {
  if (doc === undefined) return {};
  const lines = doc
    .slice('/**'.length, -'*/'.length)
    .split('\n')
    .map((line) => line.replace(/^\s*\*? ?/, '').trim());
  const firstTag = lines.findIndex((line) => line.startsWith('@'));
  const description = lines
    .slice(0, firstTag === -1 ? undefined : firstTag)
    .join(' ')
    .trim();
  const text = lines.join('\n');
  const visibility = readVisibility(text, 'visibility');
  const deepVisibility = readVisibility(text, 'deepVisibility');
  const [, advice] = /^@deprecated\b[ \t]*(.*)$/m.exec(text) ?? [];
  return {
    ...(description !== '' && { description }),
    ...(visibility && { visibility }),
    ...(deepVisibility && { deepVisibility }),
    ...(advice !== undefined && { deprecated: advice === '' ? true : advice }),
  };
}

function readVisibility(text: string, tag: string): ConfigVisibility | undefined {
  const [, value] = new RegExp(`^@${tag}[ \\t]+(frontend|backend|secret)\\b`, 'm').exec(text) ?? [];
  return value as ConfigVisibility | undefined;
}
