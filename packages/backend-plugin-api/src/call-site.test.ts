import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, it } from '@jest/globals';
import { captureCallSite } from './call-site.ts';

function maker(): () => string | undefined {
  return captureCallSite(maker);
}

it('tells the place of the call, not that of the maker', () => {
  function author(): () => string | undefined {
    return maker();
  }
  expect(author()()).toMatch(new RegExp(`^${fileURLToPath(import.meta.url)}:\\d+:\\d+$`));
});

it.each(['plain', 'with space', 'with (parentheses)', 'with ü'])('knows files in folders %s', async (name) => {
  const root = await mkdtemp(join(tmpdir(), 'bulkhead-call-site-'));
  try {
    const file = join(root, name, 'author.mjs');
    await mkdir(join(root, name));
    await writeFile(
      file,
      'export const outside = (make) => make();\nexport function inside(make) {\n  return make();\n}\n',
    );
    const { outside, inside } = (await import(pathToFileURL(file).href)) as Record<
      string,
      (make: unknown) => () => string
    >;
    expect(outside?.(maker)()).toBe(`${file}:1:34`);
    expect(inside?.(maker)()).toBe(`${file}:3:10`);
  } finally {
    await rm(root, { recursive: true });
  }
});

it('leaves the limit of stacks as it was', () => {
  const before = Error.stackTraceLimit;
  maker();
  expect(Error.stackTraceLimit).toBe(before);
});
