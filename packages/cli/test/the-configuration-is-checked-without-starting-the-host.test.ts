import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createFolder, runCli, spawnCli } from './spawn-cli.ts';

const SCHEMA = {
  type: 'object',
  properties: {
    mail: {
      description: 'How mail is sent.',
      type: 'object',
      required: ['server'],
      properties: {
        server: { type: 'string', description: 'Name or address.' },
        port: { type: 'integer', default: 25, deprecated: 'write it behind the server' },
        password: { type: 'string', visibility: 'secret' },
      },
    },
  },
};

// A host whose main file must not run, and whose plugins need not be built.
const HOST = {
  'package.json': {
    name: 'host',
    type: 'module',
    exports: './dist/index.js',
    bulkhead: { role: 'backend' },
    dependencies: { '@bulkhead/plugin-example-backend': '^1.0.0' },
  },
  'dist/index.js': "throw new Error('The host was started');",
  'config.schema.json': SCHEMA,
};

let folder: Awaited<ReturnType<typeof createFolder>>;

beforeAll(async () => {
  folder = await createFolder({
    ...HOST,
    'app-config.yaml':
      'mail:\n  server: mail.example\n  password: ${MAIL_PASSWORD:-hunter2}\nexample:\n  message: Hello\n',
    'app-config.staging.yaml': 'example:\n  message: Hello from staging\n',
    'bad.yaml': 'mail:\n  sever: mail.example\n  port: many\nexmple:\n  message: Hello\n',
  });
});

afterAll(async () => folder[Symbol.asyncDispose]());

describe('bulkhead config print', () => {
  it('prints what the host would see, without secrets', async () => {
    expect(await runCli(folder.dir, ['config', 'print'])).toEqual({
      exitCode: 0,
      stdout: 'mail:\n  server: mail.example\n  password: "***"\nexample:\n  message: Hello\n',
      stderr: '',
    });
  });

  it('tells where values come from', async () => {
    const env = { APP_CONFIG_example_message: 'Hello from the environment' };
    const { stdout } = await runCli(folder.dir, ['config', 'print', '--with-sources'], env);
    expect(stdout).toMatch(/^ {2}server: mail\.example # .*app-config\.yaml:2:\d+$/m);
    expect(stdout).toMatch(
      /^ {2}message: Hello from the environment # environment variable APP_CONFIG_example_message$/m,
    );
    expect(stdout).not.toContain('hunter2');
  });

  it('prints JSON', async () => {
    const { stdout } = await runCli(folder.dir, ['config', 'print', '--json', '--env', 'staging']);
    expect(JSON.parse(stdout)).toEqual({
      mail: { server: 'mail.example', password: '***' },
      example: { message: 'Hello from staging' },
    });
  });

  it('prints what it can of a faulty configuration, and fails', async () => {
    const { exitCode, stdout, stderr } = await runCli(folder.dir, ['config', 'print', '--config', 'bad.yaml']);
    expect(stdout).toContain('sever: mail.example');
    expect(stderr).toMatch(/^\d problems:\n/);
    expect(exitCode).toBe(1);
  });
});

describe('bulkhead config check', () => {
  it('says which files are in order', async () => {
    expect(await runCli(folder.dir, ['config', 'check', '--env', 'staging'])).toEqual({
      exitCode: 0,
      stdout: 'The configuration is in order: app-config.yaml, app-config.staging.yaml\n',
      stderr: '',
    });
  });

  it('lists everything that is wrong with file, line and column, and the nearest key', async () => {
    const { exitCode, stdout, stderr } = await runCli(folder.dir, ['config', 'check', '--config', 'bad.yaml']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr.replaceAll(/:\d+: /g, ': ').split('\n')).toEqual([
      '2 warnings:',
      "bad.yaml:4: 'exmple' belongs to no installed plugin and to no part of the host [ERR_CONFIG_UNKNOWN_SECTION]",
      "  hint: Did you mean 'example'?",
      "bad.yaml:3: Configuration key 'mail.port' is deprecated [ERR_CONFIG_DEPRECATED]",
      '  hint: write it behind the server',
      '4 problems:',
      "bad.yaml:1: Configuration key 'mail.server' is missing [ERR_CONFIG_MISSING]",
      "bad.yaml:2: 'mail.sever' is not a configuration key [ERR_CONFIG_UNKNOWN_KEY]",
      "  hint: Did you mean 'server'?",
      "bad.yaml:3: Configuration key 'mail.port' must be a whole number, got a string [ERR_CONFIG_TYPE]",
      "Configuration key 'example.message' is missing [ERR_CONFIG_MISSING]",
      '',
    ]);
  });

  it('names a file that is not there', async () => {
    const { exitCode, stderr } = await runCli(folder.dir, ['config', 'check', '--config', 'gone.yaml']);
    expect(stderr).toMatch(/Cannot read .*gone\.yaml/);
    expect(exitCode).toBe(1);
  });
});

describe('bulkhead config docs', () => {
  it('lists every key', async () => {
    const { exitCode, stdout } = await runCli(folder.dir, ['config', 'docs']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`example.message
  string, required
  What the plugin greets with.
  @bulkhead/plugin-example-backend
`);
    expect(stdout).toContain('mail.password\n  string, secret\n  host\n');
    expect(stdout).toContain('mail.port\n  integer, default 25, deprecated: write it behind the server\n  host\n');
  });

  it('lists them as Markdown', async () => {
    const { stdout } = await runCli(folder.dir, ['config', 'docs', '--markdown']);
    expect(stdout).toMatch(/^\| key \| type \| default \| meaning \| visibility \| package \|\n\| --- \|/);
    expect(stdout).toContain('| `mail.server` | string | required | Name or address. | backend | host |\n');
  });

  it('lists them as JSON', async () => {
    const { stdout } = await runCli(folder.dir, ['config', 'docs', '--json']);
    expect(JSON.parse(stdout)).toContainEqual({
      key: 'mail.password',
      type: 'string',
      required: false,
      visibility: 'secret',
      package: 'host',
    });
  });

  it('survives a reader that has seen enough', async () => {
    const child = spawnCli(folder.dir, ['config', 'docs']);
    child.stdout!.destroy();
    expect((await child.stderr!.toArray()).join('')).toBe('');
  });
});
