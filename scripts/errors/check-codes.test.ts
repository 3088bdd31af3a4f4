import { describe, expect, it } from '@jest/globals';
import { checkCodes } from './check-codes.ts';
import type { SourceFile } from './source-files.ts';

const errors = (text: string, section = 'cache'): SourceFile => ({
  file: `packages/${section}/src/errors.ts`,
  section,
  test: false,
  standIn: false,
  text,
});
const source = (text: string): SourceFile => ({ ...errors(text), file: 'packages/cache/src/cache.ts' });
const test = (text: string): SourceFile => ({ ...errors(text), file: 'packages/cache/src/cache.test.ts', test: true });

const given = errors("return new BulkheadError('ERR_CACHE_FULL', 'Full');");
const asserted = test("expect(error.code).toBe('ERR_CACHE_FULL');");
const page = '# Errors\n\n## cache\n\n### ERR_CACHE_FULL\n\nNo room.\n';

const check = (files: readonly SourceFile[], markdown = page) =>
  checkCodes(files, markdown).map(({ file, message }) => `${file}: ${message}`);

describe('checkCodes', () => {
  it('is content with a code that is given out, explained and tested once', () => {
    expect(check([given, asserted, source("if (error.code === 'ERR_CACHE_FULL') return;")])).toEqual([]);
  });

  it('reads no comments, no codes of others, and no longer words', () => {
    const text =
      "/** Throws 'ERR_CACHE_OLD'. */\n  // 'ERR_CACHE_OLDER'\nif (code === 'ERR_MODULE_NOT_FOUND') f('NO_ERR_HERE');";
    expect(check([given, asserted, source(text)])).toEqual([]);
  });

  it('misses a heading and a test', () => {
    expect(check([given], '## cache\n')).toEqual([
      'docs/errors.md: lacks the heading ### ERR_CACHE_FULL in the section ## cache (for packages/cache/src/errors.ts)',
      'packages/cache/src/errors.ts: no test names ERR_CACHE_FULL; add one that has it thrown',
    ]);
  });

  it('refuses a code outside of errors.ts', () => {
    expect(check([source("throw new BulkheadError('ERR_CACHE_FULL', '');"), asserted])).toEqual([
      "packages/cache/src/cache.ts: ERR_CACHE_FULL is not given out by the package's errors.ts or problems.ts; move it there",
    ]);
  });

  it.each(['cache-error.ts', 'problems.ts', 'store/errors.ts'])('accepts a code in %s', (file) => {
    expect(check([{ ...given, file: `packages/cache/src/${file}` }, asserted])).toEqual([]);
  });

  it('lets a mock give out the code of the real thing', () => {
    expect(check([{ ...errors("'ERR_CACHE_FULL'", 'test-kit'), standIn: true }, given, asserted])).toEqual([]);
  });

  it('refuses a code that two packages give out', () => {
    expect(check([given, errors("'ERR_CACHE_FULL'", 'store'), asserted])).toEqual([
      'packages/cache/src/errors.ts: ERR_CACHE_FULL is given out by cache and store; a code belongs to one package',
    ]);
    expect(check([errors("'ERR_CACHE_FULL' 'ERR_CACHE_FULL'"), asserted])).toEqual([]);
  });

  it.each([
    [
      'a stale heading',
      `${page}\n### ERR_CACHE_GONE\n\nGone.\n`,
      'explains ERR_CACHE_GONE in line 9, which no source has',
    ],
    ['a second heading', `${page}\n### ERR_CACHE_FULL\n\nAgain.\n`, 'explains ERR_CACHE_FULL again in line 9'],
    [
      'the wrong section',
      page.replace('## cache', '## store'),
      'has ERR_CACHE_FULL in the section store; it belongs to cache',
    ],
    ['an empty entry', '## cache\n\n### ERR_CACHE_FULL\n\n## store\n', 'says nothing about ERR_CACHE_FULL in line 3'],
  ])('refuses %s', (_, markdown, message) => {
    expect(check([given, asserted], markdown)).toEqual([`docs/errors.md: ${message}`]);
  });
});
