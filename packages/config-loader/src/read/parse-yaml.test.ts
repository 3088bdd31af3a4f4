import { describe, expect, it } from '@jest/globals';
import * as yaml from 'yaml';
import { sourceOf, toPlainObject, type LocatedObject } from '../tree/located-tree.ts';
import { parseYaml, type ParsedFile } from './parse-yaml.ts';

const parse = (text: string): ParsedFile => parseYaml(yaml, text, 'f.yaml');
const plain = (text: string): unknown => toPlainObject(parse(text).root as LocatedObject);

describe('parseYaml', () => {
  it('knows where every value was written', () => {
    const { root, problems } = parse('a:\n  b: 1\n  list:\n    - x\n    - c: 2\nflow: { d: 3 }\n');
    expect(problems).toEqual([]);
    expect(sourceOf(root!, ['a'])).toEqual({ file: 'f.yaml', line: 1, column: 1 });
    expect(sourceOf(root!, ['a', 'b'])).toEqual({ file: 'f.yaml', line: 2, column: 6 });
    expect(sourceOf(root!, ['a', 'list'])).toEqual({ file: 'f.yaml', line: 3, column: 3 });
    expect(sourceOf(root!, ['a', 'list', '0'])).toEqual({ file: 'f.yaml', line: 4, column: 7 });
    expect(sourceOf(root!, ['a', 'list', '1', 'c'])).toEqual({ file: 'f.yaml', line: 5, column: 10 });
    expect(sourceOf(root!, ['flow', 'd'])).toEqual({ file: 'f.yaml', line: 6, column: 12 });
  });

  it('reads JSON, indented by tabs too', () => {
    expect(plain('{\n\t"a": [1, 2.5, true, "x"],\n\t"b": {}\n}')).toEqual({ a: [1, 2.5, true, 'x'], b: {} });
  });

  it('reads text as YAML 1.2 does', () => {
    expect(plain('yes: no\ndate: 2024-01-01\n8080: port\ntrue: x\nempty:\n')).toEqual({
      yes: 'no',
      date: '2024-01-01',
      8080: 'port',
      true: 'x',
    });
  });

  it('takes a byte order mark and Windows line ends', () => {
    const { root } = parse('\ufeffa: 1\r\nb:\r\n  c: 2\r\n');
    expect(sourceOf(root!, ['b', 'c'])).toEqual({ file: 'f.yaml', line: 3, column: 6 });
  });

  it('resolves aliases', () => {
    expect(plain('base: &base { a: 1 }\ncopy: *base\nlist: [*base, *base]\n')).toEqual({
      base: { a: 1 },
      copy: { a: 1 },
      list: [{ a: 1 }, { a: 1 }],
    });
  });

  it.each(['', '# nothing\n', '---\n'])('takes %p for an empty file', (text) => {
    expect(parse(text).problems).toEqual([]);
  });

  it.each<[string, string, number, number]>([
    ['a: 1\n\tb: 2\n', 'a tab in the indentation', 2, 1],
    ['a:\n  b: 1\n c: 2\n', 'the indentation does not fit', 3, 1],
    ['a: "x\n', 'something is missing here', 2, 1],
    ['a: [1, 2\nb: 3\n', 'something opened there is not closed', 2, 1],
    ['a: b: c\n', 'a nested mapping on one line', 1, 4],
    ['a: @x\n', 'needs quotes', 1, 4],
    ['a: *nowhere\n', 'alias', 1, 4],
    ['a: "\\q"\n', 'a backslash in double quotes', 1, 5],
    ['a: !custom x\n', 'a tag', 1, 4],
    ['a: 1\n---\nb: 2\n', 'a second document', 2, 1],
    ['? [x]\n: 1\n', 'a key that is not a plain text', 1, 3],
    ['a: .inf\n', 'a value that JSON does not know', 1, 4],
    ['a: &a\n  b: *a\n', 'an alias stands inside its own anchor', 2, 6],
    ['a: { port: ${PORT} }\n', 'needs quotes', 1, 13],
  ])('explains %p', (text, what, line, column) => {
    const [problem] = parse(text).problems;
    expect(problem).toMatchObject({ code: 'ERR_CONFIG_YAML', source: { file: 'f.yaml', line, column } });
    expect(problem!.message).toContain(`Bad YAML: `);
    expect(problem!.message).toContain(what);
  });

  it('names a key that is there twice', () => {
    const { problems, root } = parse('a:\n  b: 1\n  c: 2\n  b: 3\n');
    expect(problems).toEqual([
      expect.objectContaining({
        code: 'ERR_CONFIG_DUPLICATE_KEY',
        message: "Configuration key 'a.b' is there twice",
        source: { file: 'f.yaml', line: 4, column: 3 },
      }),
    ]);
    expect(toPlainObject(root as LocatedObject)).toEqual({ a: { b: 1, c: 2 } });
  });

  it('reports several faults, one a line', () => {
    const { problems } = parse('a: "\\q \\q"\nb: @x\nc: 1\n');
    expect(problems.map(({ source }) => source!.line)).toEqual([1, 2]);
  });

  it('never quotes the file', () => {
    const secret = 'hunter2';
    const texts = [`a: ${secret}: ${secret}`, `a: [${secret}`, `a: "${secret}\\q`, `"${secret}`, `- ${secret}\na: 1`];
    const messages = texts.flatMap((text) => parse(text).problems.map(({ message }) => message));
    expect(messages.length).toBeGreaterThanOrEqual(texts.length);
    expect(messages.join()).not.toContain(secret);
  });

  it.each([102, 100_000])('refuses a document with %i levels', (depth) => {
    expect(parse('['.repeat(depth) + ']'.repeat(depth)).problems).toEqual([
      expect.objectContaining({ code: 'ERR_CONFIG_YAML', message: 'Bad YAML: the document is nested too deeply' }),
    ]);
  });

  it('takes an alias for the nearest anchor before it', () => {
    expect(plain('a: &x 1\nb: *x\nc: &x { y: &z 2 }\nd: [*x, *z]\n')).toEqual({
      a: 1,
      b: 1,
      c: { y: 2 },
      d: [{ y: 2 }, 2],
    });
  });

  it('follows each alias without searching the document for it', () => {
    // With a search each this takes many minutes.
    const { b } = plain(`a: &a 1\nb:\n${'  - *a\n'.repeat(40_000)}`) as { b: number[] };
    expect(new Set(b)).toEqual(new Set([1]));
  });

  it('stops a document that aliases blow up', () => {
    const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]'];
    for (let level = 1; level < 9; level++) {
      const below = String.fromCharCode(96 + level);
      const name = String.fromCharCode(97 + level);
      bomb.push(`${name}: &${name} [${Array(9).fill(`*${below}`).join(',')}]`);
    }
    expect(parse(bomb.join('\n')).problems.map(({ message }) => message)).toContain(
      'Bad YAML: aliases make the document too large',
    );
  });
});
