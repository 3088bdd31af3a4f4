import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';

const root = new URL('../../../', import.meta.url);
const example = withoutSpace(read('packages/backend-test-utils/test/examples/guide.test.ts'));

it.each(['packages/backend-test-utils/README.md', 'docs/guides/testing.md'])('%s', (file) => {
  const blocks = [...read(file).matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = '']) => code);
  expect(blocks.length).toBeGreaterThan(0);
  for (const block of blocks) expect(example).toContain(withoutSpace(block));
});

function read(file: string): string {
  return readFileSync(new URL(file, root), 'utf8');
}

/** Imports differ, and so does the depth at which code stands. */
function withoutSpace(code: string): string {
  return code
    .replace(/^import .*$/gm, '')
    .replace(/\s+/g, ' ')
    .trim();
}
