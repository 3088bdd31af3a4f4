import { format } from 'prettier';

/** Formats generated TypeScript: always in the same way, whatever the project around it prefers. */
export async function formatSource(text: string): Promise<string> {
  return format(text, { parser: 'typescript', singleQuote: true, printWidth: 120, trailingComma: 'all' });
}
