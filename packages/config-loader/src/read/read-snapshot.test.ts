import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Problem } from '@bulkhead/errors';
import * as yaml from 'yaml';
import { tempFolder } from '../../test/temp-folder.ts';
import { sourceOf } from '../tree/located-tree.ts';
import { readSnapshot, type ConfigSnapshot } from './read-snapshot.ts';
import { selectFiles } from './select-files.ts';

type Files = Readonly<Record<string, string | object>>;

function read(files: Files, env: NodeJS.ProcessEnv = {}): ConfigSnapshot & { dir: string } {
  const dir = tempFolder(files);
  return { ...readSnapshot(selectFiles({ dir, env }), env, yaml), dir };
}

function onlyProblem(snapshot: ConfigSnapshot): Problem {
  expect(snapshot.problems).toHaveLength(1);
  return snapshot.problems[0]!;
}

describe('the files', () => {
  it('are laid over each other', () => {
    const { data, files, dir } = read(
      {
        'app-config.yaml': 'a: { base: 1, env: 1, local: 1, both: 1, var: 1 }\nlist: [1, 2]\ngone: 1\n',
        'app-config.local.yaml': 'a: { local: 3, both: 3, var: 3 }\ngone: null\n',
        'app-config.stage.yaml': 'a: { env: 2, local: 2, both: 2, var: 2 }\nlist: [3]\n',
        'app-config.stage.local.yaml': 'a: { both: 4, var: 4 }\n',
      },
      { BULKHEAD_ENV: 'stage', APP_CONFIG_a_var: '5' },
    );
    expect(data).toEqual({ a: { base: 1, env: 2, local: 3, both: 4, var: 5 }, list: [3] });
    expect(files).toEqual(
      ['app-config.yaml', 'app-config.stage.yaml', 'app-config.local.yaml', 'app-config.stage.local.yaml'].map((name) =>
        join(dir, name),
      ),
    );
  });

  it('must be mappings', () => {
    const { problems } = read({ 'app-config.yaml': '- a\n- b\n', 'app-config.local.yaml': 'just text\n' });
    expect(problems.map(({ code }) => code)).toEqual(['ERR_CONFIG_YAML', 'ERR_CONFIG_YAML']);
    expect(problems[0]!.message).toBe('Bad YAML: a configuration file is a mapping of keys to values');
  });

  it('may be empty', () => {
    expect(read({ 'app-config.yaml': '', 'app-config.local.yaml': '~\n' })).toMatchObject({ data: {}, problems: [] });
  });

  it('cannot be folders', () => {
    const dir = tempFolder();
    mkdirSync(join(dir, 'app-config.yaml'));
    const snapshot = readSnapshot(selectFiles({ dir, env: {} }), {}, yaml);
    expect(onlyProblem(snapshot)).toMatchObject({
      code: 'ERR_CONFIG_FILE',
      message: `Cannot read ${join(dir, 'app-config.yaml')}: it is a folder`,
    });
    expect(snapshot.incomplete).toBe(true);
  });
});

describe('${VARIABLE}', () => {
  it('is replaced in values, lists and nested objects', () => {
    const { data, problems } = read(
      { 'app-config.yaml': 'a: { url: "http://${HOST}:${PORT:-7007}/" }\nlist: ["${HOST}", 1]\n' },
      { HOST: 'h' },
    );
    expect(problems).toEqual([]);
    expect(data).toEqual({ a: { url: 'http://h:7007/' }, list: ['h', 1] });
  });

  it('is a problem if it is not set, with the place of the value', () => {
    const snapshot = read({ 'app-config.yaml': 'db:\n  password: ${DB_PASSWORD}\n' });
    expect(onlyProblem(snapshot)).toEqual({
      code: 'ERR_CONFIG_ENV_MISSING',
      message: "Environment variable DB_PASSWORD, which 'db.password' needs, is not set",
      hint: "Set DB_PASSWORD, or write ${DB_PASSWORD:-default}; with nothing behind ':-' the key is left out.",
      path: ['db', 'password'],
      source: { file: join(snapshot.dir, 'app-config.yaml'), line: 2, column: 13 },
    });
  });

  it('leaves the key out if the default is empty', () => {
    const { data, problems } = read({
      'app-config.yaml': 'log: { level: info }\nlist: ["${A:-}", b]\nempty: ""\n',
      'app-config.local.yaml': 'log: { level: "${LEVEL:-}" }\n',
    });
    expect(problems).toEqual([]);
    expect(data).toEqual({ log: { level: 'info' }, list: ['b'], empty: '' });
  });

  it('is a problem if it is malformed', () => {
    const problem = onlyProblem(read({ 'app-config.yaml': 'a: "${not a name}"\n' }));
    expect(problem.code).toBe('ERR_CONFIG_SUBSTITUTION');
    expect(problem.message).not.toContain('not a name');
  });
});

describe('$env, $file and $include', () => {
  it('stand for what they name', () => {
    const { data, problems, stamps, dir } = read(
      {
        'app-config.yaml': [
          'token: { $env: TOKEN }',
          'secret: { $file: secrets/db.txt }',
          'moved: { $file: "${SECRETS}/db.txt" }',
          'whole: { $include: parts/one.yaml }',
          'part: { $include: "parts/two.json#deep.list" }',
          'own: { $include: "#whole" }',
        ].join('\n'),
        'secrets/db.txt': 'pa$$ ${NOPE}\n\n',
        'parts/one.yaml': 'x: 1\nfile: { $file: near.txt }\nunused: 2\n',
        'parts/near.txt': 'near',
        'parts/two.json': { deep: { list: [1, { $env: 'TOKEN' }] }, other: '${NOT_SET}' },
      },
      { TOKEN: '${t}', SECRETS: 'secrets' },
    );
    expect(problems).toEqual([]);
    const whole = { x: 1, file: 'near', unused: 2 };
    expect(data).toEqual({
      token: '${t}',
      secret: 'pa$$ ${NOPE}',
      moved: 'pa$$ ${NOPE}',
      whole,
      part: [1, '${t}'],
      own: whole,
    });
    expect([...stamps.keys()]).toContain(join(dir, 'secrets/db.txt'));
    expect([...stamps.keys()]).toContain(join(dir, 'parts/near.txt'));
    expect([...stamps.keys()]).toContain(join(dir, 'app-config.local.yaml'));
  });

  it('may stand for a whole file, and may lead out of the folder', () => {
    const outside = tempFolder({ 'base.yaml': 'a: 1\n' });
    const { data } = read({ 'app-config.yaml': `$include: ${join(outside, 'base.yaml')}\n` });
    expect(data).toEqual({ a: 1 });
  });

  it('know the place of what is included', () => {
    const { tree, dir } = read({ 'app-config.yaml': 'a: { $include: p.yaml }\n', 'p.yaml': '\nb: 1\n' });
    expect(sourceOf(tree, ['a', 'b'])).toEqual({ file: join(dir, 'p.yaml'), line: 2, column: 4 });
    expect(sourceOf(tree, ['a'])).toMatchObject({ line: 1, column: 1 });
  });

  it.each<[string, string, Files, string]>([
    ['an unset $env', 'ERR_CONFIG_ENV_MISSING', { 'app-config.yaml': 'a: { $env: NOPE }' }, 'NOPE'],
    ['a missing $file', 'ERR_CONFIG_FILE', { 'app-config.yaml': 'a: { $file: nope.txt }' }, 'it does not exist'],
    ['a missing $include', 'ERR_CONFIG_FILE', { 'app-config.yaml': 'a: { $include: nope.yaml }' }, 'nope.yaml'],
    ['a wrong kind of $include', 'ERR_CONFIG_DIRECTIVE', { 'app-config.yaml': 'a: { $include: x.toml }' }, '.yaml'],
    [
      'a missing key in $include',
      'ERR_CONFIG_INCLUDE_KEY',
      { 'app-config.yaml': 'a: { $include: "p.yaml#x.z" }', 'p.yaml': 'x: { y: 1 }' },
      "p.yaml has no key 'x.z'",
    ],
    [
      'a key beside it',
      'ERR_CONFIG_DIRECTIVE',
      { 'app-config.yaml': 'a: { b: 1, $env: X }' },
      "other keys beside it at 'a'",
    ],
    ['a list', 'ERR_CONFIG_DIRECTIVE', { 'app-config.yaml': 'a: { $file: [x] }' }, '$file needs a text'],
    ['a misspelling', 'ERR_CONFIG_DIRECTIVE', { 'app-config.yaml': 'a: { $flie: x }' }, 'did you mean $file?'],
  ])('are a problem with %s', (_name, code, files, message) => {
    const problem = onlyProblem(read(files));
    expect(problem.code).toBe(code);
    expect(problem.message).toContain(message);
    expect(problem.source).toMatchObject({ line: 1 });
    expect(problem.path).toEqual(['a']);
  });

  it('leave other keys with a dollar alone', () => {
    expect(read({ 'app-config.yaml': '$schema: x\na: { $ref: y, b: 1 }\n' })).toMatchObject({ problems: [] });
  });

  it('never go round in circles', () => {
    const self = onlyProblem(read({ 'app-config.yaml': 'a: { $include: app-config.yaml }\n' }));
    expect(self).toMatchObject({ code: 'ERR_CONFIG_INCLUDE_CYCLE', path: ['a', 'a'] });
    const ring = onlyProblem(
      read({
        'app-config.yaml': 'a: { $include: one.yaml }\n',
        'one.yaml': 'b: { $include: two.yaml }\n',
        'two.yaml': 'c: { $include: one.yaml }\n',
      }),
    );
    expect(ring.message).toMatch(/one\.yaml:1:6 -> \S*two\.yaml:1:6 -> \S*one\.yaml:1:6/);
  });

  it('do not multiply without end', () => {
    const twice = (next: string): string => `a: { $include: ${next} }\nb: { $include: ${next} }\n`;
    const levels = Array.from({ length: 22 }, (_, level) => [`${level}.yaml`, twice(`${level + 1}.yaml`)]);
    const snapshot = read({ 'app-config.yaml': twice('0.yaml'), ...Object.fromEntries(levels), '22.yaml': 'x: 1\n' });
    expect(onlyProblem(snapshot)).toMatchObject({
      code: 'ERR_CONFIG_DIRECTIVE',
      message: expect.stringMatching(/^More than 10000 includes at /),
    });
  });

  it('report the faults of an included file once', () => {
    const { problems } = read({
      'app-config.yaml': 'a: { $include: bad.yaml }\nb: { $include: bad.yaml }\n',
      'bad.yaml': 'x: @\n',
    });
    expect(problems).toHaveLength(1);
    expect(problems[0]!.source).toMatchObject({ line: 1, column: 4 });
  });
});

describe('APP_CONFIG_… variables', () => {
  it('set keys, as JSON or as text', () => {
    const { data, tree } = read(
      { 'app-config.yaml': 'a: { b: 1, c: 1, d: 1 }\n' },
      {
        APP_CONFIG_a_b: '{"x": [1, null]}',
        APP_CONFIG_a_c: 'plain ${text}',
        APP_CONFIG_a_d: 'null',
        APP_CONFIG_e_f_g: 'true',
        APP_CONFIG_h: '"7"',
      },
    );
    expect(data).toEqual({ a: { b: { x: [1, null] }, c: 'plain ${text}' }, e: { f: { g: true } }, h: '7' });
    expect(sourceOf(tree, ['e', 'f', 'g'])).toEqual({ file: 'environment variable APP_CONFIG_e_f_g' });
  });

  it('may set a section and a key in it', () => {
    const env = { APP_CONFIG_a_b_c: '2', APP_CONFIG_a: '{"b": {"c": 1, "d": 1}}' };
    expect(read({ 'app-config.yaml': '' }, env).data).toEqual({ a: { b: { c: 2, d: 1 } } });
  });

  it.each([
    [{ APP_CONFIG_a__b: '1' }, 'APP_CONFIG_a__b does not name a configuration key'],
    [{ APP_CONFIG_: '1' }, 'APP_CONFIG_ does not name a configuration key'],
    [{ [`APP_CONFIG_${Array(101).fill('a').join('_')}`]: '1' }, '_a sets a key that is nested too deeply'],
    [{ APP_CONFIG_a: '['.repeat(20_000) + ']'.repeat(20_000) }, 'APP_CONFIG_a has a value that is nested too deeply'],
    [{ APP_CONFIG_a: '1', APP_CONFIG_a_b: '2' }, 'APP_CONFIG_a_b sets a key inside'],
  ])('are a problem: %p', (env, message) => {
    const problem = onlyProblem(read({ 'app-config.yaml': '' }, env));
    expect(problem.code).toBe('ERR_CONFIG_ENV_OVERRIDE');
    expect(problem.message).toContain(message);
  });
});

it('everything that is wrong is reported at once, and no secret with it', () => {
  const { problems } = read(
    {
      'app-config.yaml': [
        'a: ${ONE}',
        'b: { $file: nope }',
        'b: 2',
        'c: { $include: broken.yaml }',
        'd: "hunter2 ${TWO} ${bad one}"',
        'e: { $env: THREE }',
      ].join('\n'),
      'broken.yaml': 'hunter2: hunter2: x\n',
      'app-config.local.yaml': '\tx: hunter2\n',
    },
    { APP_CONFIG_1: 'hunter2' },
  );
  expect(problems.map(({ code }) => code).sort()).toEqual([
    'ERR_CONFIG_DUPLICATE_KEY',
    'ERR_CONFIG_ENV_MISSING',
    'ERR_CONFIG_ENV_MISSING',
    'ERR_CONFIG_ENV_OVERRIDE',
    'ERR_CONFIG_FILE',
    'ERR_CONFIG_SUBSTITUTION',
    'ERR_CONFIG_YAML',
    'ERR_CONFIG_YAML',
  ]);
  expect(JSON.stringify(problems)).not.toContain('hunter2');
});
