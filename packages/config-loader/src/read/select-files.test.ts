import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { tempFolder } from '../../test/temp-folder.ts';
import { findConfigDir, parseConfigArgs, selectFiles } from './select-files.ts';

describe('selectFiles', () => {
  it('takes the usual files, in order', () => {
    const dir = tempFolder({ 'app-config.yaml': '', 'app-config.a.yaml': '', 'app-config.b.local.yaml': '' });
    const { candidates, problems, warnings } = selectFiles({ dir, env: { BULKHEAD_ENV: 'a', BACKSTAGE_ENV: 'a, b' } });
    expect(candidates).toEqual(
      ['', '.a', '.b', '.local', '.a.local', '.b.local'].map((middle) => ({
        path: join(dir, `app-config${middle}.yaml`),
        required: false,
      })),
    );
    expect([problems, warnings]).toEqual([[], []]);
  });

  it('takes the named files instead, which must be there', () => {
    const dir = tempFolder({ 'app-config.yaml': '' });
    const args = ['start', '--config', 'a.yaml', '--verbose', '--config=/etc/b.yaml', '--', '--config', 'not-this'];
    const { candidates } = selectFiles({ dir, args, env: { BULKHEAD_ENV: 'x' } });
    expect(candidates).toEqual([
      { path: join(dir, 'a.yaml'), required: true },
      { path: '/etc/b.yaml', required: true },
    ]);
    expect(selectFiles({ dir, files: ['c.yaml'], env: {} }).candidates).toEqual([
      { path: join(dir, 'c.yaml'), required: true },
    ]);
  });

  it('warns if there is no app-config.yaml', () => {
    const dir = tempFolder();
    expect(selectFiles({ dir, env: {} }).warnings).toEqual([
      expect.objectContaining({ code: 'ERR_CONFIG_NO_FILE', message: `There is no app-config.yaml in ${dir}` }),
    ]);
  });

  it('warns of an environment without a file, with the nearest one', () => {
    const dir = tempFolder({
      'app-config.yaml': '',
      'app-config.production.yaml': '',
      'app-config.dev.local.yaml': '',
    });
    const { warnings } = selectFiles({ dir, env: { BULKHEAD_ENV: 'prodution,dev' } });
    expect(warnings).toEqual([
      expect.objectContaining({
        code: 'ERR_CONFIG_NO_FILE',
        message: "There is no app-config.prodution.yaml for the environment 'prodution'",
        hint: "Did you mean 'production'?",
      }),
    ]);
  });

  it('refuses an environment that leads elsewhere', () => {
    const { problems, candidates } = selectFiles({ dir: tempFolder(), env: { BACKSTAGE_ENV: '../x' } });
    expect(problems).toEqual([expect.objectContaining({ code: 'ERR_CONFIG_ARGS' })]);
    expect(candidates).toHaveLength(2);
  });
});

describe('parseConfigArgs', () => {
  it.each([[['--config']], [['--config=']], [['--config', '--watch']]])('misses a file in %p', (args) => {
    expect(parseConfigArgs(args)).toEqual({
      files: [],
      problems: [expect.objectContaining({ code: 'ERR_CONFIG_ARGS', message: "'--config' is not followed by a file" })],
    });
  });
});

describe('findConfigDir', () => {
  it('looks upwards to the root of the workspace', () => {
    const root = tempFolder({
      'package.json': { workspaces: ['packages/*'] },
      'app-config.yaml': '',
      'packages/backend/package.json': {},
      'packages/other/app-config.yaml': '',
    });
    expect(findConfigDir(join(root, 'packages/backend'))).toBe(root);
    expect(findConfigDir(join(root, 'packages/other'))).toBe(join(root, 'packages/other'));
  });

  it('stays where it is if there is none, and looks no further than the workspace', () => {
    const root = tempFolder({
      'app-config.yaml': '',
      'inner/package.json': { workspaces: [] },
      'inner/host/package.json': 'not JSON',
    });
    expect(findConfigDir(join(root, 'inner/host'))).toBe(join(root, 'inner/host'));
  });
});
