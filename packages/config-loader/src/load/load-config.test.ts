import { chmodSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { Problem, ProblemsError } from '@bulkhead/errors';
import { packageWith } from '../../test/packages.ts';
import { tempFolder, writeFile } from '../../test/temp-folder.ts';
import { loadConfigSchema } from '../schema/config-schema.ts';
import { loadConfig, type LoadConfigOptions, type LoadedConfig } from './load-config.ts';

const schema = loadConfigSchema([
  packageWith(
    '@x/core',
    {},
    {
      properties: {
        backend: {
          required: ['listen'],
          properties: {
            listen: { properties: { port: { type: 'integer' } } },
            key: { type: 'string' },
            pin: { visibility: 'secret' },
          },
        },
      },
    },
  ),
  packageWith('@x/todo', { role: 'backend-plugin', pluginId: 'todo' }, { properties: { limit: { type: 'number' } } }),
]);

async function failure(loading: Promise<unknown>): Promise<ProblemsError> {
  return loading.then(
    () => {
      throw new TypeError('Nothing was thrown');
    },
    (error: unknown) => error as ProblemsError,
  );
}

describe('loadConfig', () => {
  it('gives a reader whose messages name the place', async () => {
    const dir = tempFolder({ 'app-config.yaml': 'backend:\n  listen:\n    host: h\n' });
    const { config, files, warnings } = await loadConfig({ dir, env: {} });
    expect(config.getString('backend.listen.host')).toBe('h');
    expect(files).toEqual([join(dir, 'app-config.yaml')]);
    expect(warnings).toEqual([]);
    expect(() => config.getConfig('backend').getNumber('listen.host')).toThrow(
      expect.objectContaining({
        code: 'ERR_CONFIG_TYPE',
        message: `Configuration key 'backend.listen.host' must be a number, got a string (${dir}/app-config.yaml:3:11)`,
      }),
    );
    expect(() => config.getString('backend.listen.port')).toThrow(
      `Configuration key 'backend.listen.port' is missing (${dir}/app-config.yaml:2:3)`,
    );
  });

  it('reports what is wrong in files and by the schema at once, in the order of the file', async () => {
    const dir = tempFolder({
      'app-config.yaml':
        'backend:\n  lisen: { port: 1 }\n  key: ${NOPE}\n  key: x\ntodo:\n  limit: many\n  file: { $file: nope }\n',
    });
    const error = await failure(loadConfig({ dir, env: {}, schema }));
    expect(error.code).toBe('ERR_CONFIG_INVALID');
    expect(error.message).toBe('There are 6 problems with the configuration');
    expect(error.problems.map(({ code, source }) => [code, source!.line, source!.column])).toEqual([
      ['ERR_CONFIG_MISSING', 1, 1],
      ['ERR_CONFIG_UNKNOWN_KEY', 2, 3],
      ['ERR_CONFIG_ENV_MISSING', 3, 8],
      ['ERR_CONFIG_DUPLICATE_KEY', 4, 3],
      ['ERR_CONFIG_TYPE', 6, 10],
      ['ERR_CONFIG_FILE', 7, 11],
    ]);
  });

  it('does not report what follows from a fault reported already', async () => {
    const unset = tempFolder({ 'app-config.yaml': 'backend: { listen: "${NOPE}" }\n' });
    const one = await failure(loadConfig({ dir: unset, env: {}, schema }));
    expect(one.problems.map(({ code }) => code)).toEqual(['ERR_CONFIG_ENV_MISSING']);
    const broken = tempFolder({ 'app-config.yaml': 'backend: [\n', 'app-config.local.yaml': 'backend: { key: 1 }\n' });
    const two = await failure(loadConfig({ dir: broken, env: {}, schema }));
    expect(two.problems.map(({ code }) => code)).toEqual(['ERR_CONFIG_YAML', 'ERR_CONFIG_TYPE']);
  });

  it('names a file that must be there and is not', async () => {
    const dir = tempFolder({ 'app-config.yaml': '' });
    const error = await failure(loadConfig({ dir, env: {}, args: ['--config', 'nope.yaml', '--config'] }));
    expect(error.problems.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      "ERR_CONFIG_ARGS: '--config' is not followed by a file",
      `ERR_CONFIG_FILE: Cannot read ${join(dir, 'nope.yaml')}: it does not exist`,
    ]);
  });

  it('collects problems instead if asked', async () => {
    const dir = tempFolder({ 'app-config.yaml': 'backend: { listen: {}, key: "${NOPE}" }\nother: 1\n' });
    const loaded = await loadConfig({ dir, env: {}, onInvalid: 'collect' });
    expect(loaded.problems.map(({ code }) => code)).toEqual(['ERR_CONFIG_ENV_MISSING']);
    expect(loaded.config.has('backend.key')).toBe(false);
    const report = await loaded.useSchema(schema);
    expect(report.problems).toEqual([]);
    expect(loaded.warnings.map(({ code }) => code)).toEqual(['ERR_CONFIG_UNKNOWN_SECTION']);
  });

  it('can be checked by a schema that comes later', async () => {
    const dir = tempFolder({ 'app-config.yaml': 'backend: { listen: { port: x }, pin: "1234" }\n' });
    const loaded = await loadConfig({ dir, env: {} });
    expect([...loaded.secrets()]).toEqual([]);
    const error = await failure(loaded.useSchema(schema));
    expect(error.problems.map(({ message }) => message)).toEqual([
      "Configuration key 'backend.listen.port' must be a whole number, got a string",
    ]);
    expect([...loaded.secrets()]).toEqual(['1234']);
  });

  it('finds its folder from the working folder upwards', async () => {
    const { dir } = await loadConfig({ env: {}, onInvalid: 'collect' });
    expect(process.cwd().startsWith(dir)).toBe(true);
  });
});

describe('a configuration that is watched', () => {
  const open: LoadedConfig[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((loaded) => loaded.close()));
  });

  interface Watched {
    readonly loaded: LoadedConfig;
    /** What happened since the last call, or happens next. */
    next(): Promise<readonly Problem[] | ProblemsError>;
  }

  async function watch(dir: string, options: LoadConfigOptions = {}): Promise<Watched> {
    const events: (readonly Problem[] | ProblemsError)[] = [];
    let wake = (): void => {};
    const push = (event: readonly Problem[] | ProblemsError): void => {
      events.push(event);
      wake();
    };
    const loaded = await loadConfig({
      dir,
      env: {},
      ...options,
      watch: { debounce: 5, onChange: push, onProblems: push, onError: (error) => push(error as ProblemsError) },
    });
    open.push(loaded);
    const next = async (): Promise<readonly Problem[] | ProblemsError> => {
      if (events.length === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return events.shift()!;
    };
    return { loaded, next };
  }

  it('follows its files, and tells subscribers whose section changed', async () => {
    const dir = tempFolder({ 'app-config.yaml': 'backend: { listen: { port: 1 } }\ntodo: { limit: 1 }\n' });
    const { loaded, next } = await watch(dir, { schema });
    const todo = loaded.config.getConfig('todo');
    const onTodo = jest.fn();
    const onBackend = jest.fn();
    todo.subscribe!(onTodo);
    loaded.config.getConfig('backend').subscribe!(onBackend);
    writeFile(dir, 'app-config.yaml', 'backend: { listen: { port: 1 } }\n\ntodo: { limit: 2 }\nodd: 1\n');
    expect(await next()).toEqual([expect.objectContaining({ code: 'ERR_CONFIG_UNKNOWN_SECTION' })]);
    expect(todo.getNumber('limit')).toBe(2);
    expect(loaded.sourceOf(['todo', 'limit'])).toMatchObject({ line: 3 });
    expect(onTodo).toHaveBeenCalledTimes(1);
    expect(onBackend).not.toHaveBeenCalled();
  });

  it('sees files that are replaced by renaming, that appear and that disappear', async () => {
    const dir = tempFolder({ 'app-config.yaml': 'a: 1\n' });
    const { loaded, next } = await watch(dir);
    renameSync(writeFile(dir, 'new.tmp', 'a: 2\n'), join(dir, 'app-config.yaml'));
    await next();
    expect(loaded.config.getNumber('a')).toBe(2);
    writeFile(dir, 'app-config.local.yaml', 'a: 3\n');
    await next();
    expect(loaded.config.getNumber('a')).toBe(3);
    expect(loaded.files).toHaveLength(2);
    rmSync(join(dir, 'app-config.local.yaml'));
    await next();
    expect(loaded.config.getNumber('a')).toBe(2);
    renameSync(writeFile(dir, 'new.tmp', 'a: 4\n'), join(dir, 'app-config.yaml'));
    await next();
    expect(loaded.config.getNumber('a')).toBe(4);
  });

  it('sees what it includes, from when it includes it', async () => {
    const dir = tempFolder({
      'app-config.yaml': 'a: { $file: one/a.txt }\n',
      'one/a.txt': '1',
      'two/b.yaml': 'x: 1\n',
    });
    const { loaded, next } = await watch(dir);
    writeFile(dir, 'one/a.txt', '2');
    await next();
    expect(loaded.config.getString('a')).toBe('2');
    writeFile(dir, 'app-config.yaml', 'a: { $include: two/b.yaml }\n');
    await next();
    expect(loaded.config.getNumber('a.x')).toBe(1);
    writeFile(dir, 'two/b.yaml', 'x: 2\n');
    await next();
    expect(loaded.config.getNumber('a.x')).toBe(2);
  });

  it('sees a folder of links that is switched as a whole', async () => {
    const dir = tempFolder({ 'v1/app-config.yaml': 'a: 1\n', 'v2/app-config.yaml': 'a: 2\n' });
    symlinkSync('v1', join(dir, '..data'));
    symlinkSync('..data/app-config.yaml', join(dir, 'app-config.yaml'));
    const { loaded, next } = await watch(dir);
    expect(loaded.config.getNumber('a')).toBe(1);
    symlinkSync('v2', join(dir, '..data_tmp'));
    renameSync(join(dir, '..data_tmp'), join(dir, '..data'));
    rmSync(join(dir, 'v1'), { recursive: true });
    await next();
    expect(loaded.config.getNumber('a')).toBe(2);
  });

  it('stays as it was while the files are faulty', async () => {
    const dir = tempFolder({ 'app-config.yaml': 'backend: { listen: { port: 1 } }\n' });
    const { loaded, next } = await watch(dir, { schema });
    const listener = jest.fn();
    loaded.config.subscribe(listener);
    writeFile(dir, 'app-config.yaml', 'backend: { listen: { port: x }, lisen: 1 }\n');
    const error = (await next()) as ProblemsError;
    expect(error.code).toBe('ERR_CONFIG_INVALID');
    expect(error.problems.map(({ code }) => code)).toEqual(['ERR_CONFIG_TYPE', 'ERR_CONFIG_UNKNOWN_KEY']);
    expect(loaded.config.getNumber('backend.listen.port')).toBe(1);
    expect(loaded.problems).toEqual([]);
    expect(listener).not.toHaveBeenCalled();
    writeFile(dir, 'app-config.yaml', 'backend: { listen: { port: 2 } }\n');
    await next();
    expect(loaded.config.getNumber('backend.listen.port')).toBe(2);
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it('changes although a section stays faulty with which somebody decided to live', async () => {
    const file = (todo: string, port: number | string): string =>
      `backend: { listen: { port: ${port} } }\ntodo: ${todo}\n`;
    const dir = tempFolder({ 'app-config.yaml': file('{ limit: many }', 1) });
    const { loaded, next } = await watch(dir, { onInvalid: 'collect' });
    await loaded.useSchema(schema);
    writeFile(dir, 'app-config.yaml', file('{ limit: more, key: { $file: nope } }', 2));
    expect(await next()).toEqual([]);
    expect(loaded.config.getNumber('backend.listen.port')).toBe(2);
    expect(loaded.problems.map(({ path }) => path)).toEqual([
      ['todo', 'limit'],
      ['todo', 'key'],
    ]);
    writeFile(dir, 'app-config.yaml', file('{ limit: more }', 'x'));
    expect((await next()) as ProblemsError).toMatchObject({ problems: [{ path: ['backend', 'listen', 'port'] }] });
    writeFile(dir, 'app-config.yaml', file('{ limit: 1 }', 3));
    await next();
    expect(loaded.problems).toEqual([]);
    writeFile(dir, 'app-config.yaml', file('{ limit: many }', 4));
    expect((await next()) as ProblemsError).toMatchObject({ problems: [{ path: ['todo', 'limit'] }] });
    expect(loaded.config.getNumber('backend.listen.port')).toBe(3);
  });

  it('passes over what changes nothing', async () => {
    const dir = tempFolder({ 'app-config.yaml': 'a: 1\nb: 1\n' });
    const { loaded, next } = await watch(dir);
    const listener = jest.fn();
    loaded.config.subscribe(listener);
    chmodSync(join(dir, 'app-config.yaml'), 0o600);
    writeFile(dir, 'app-config.yaml', '# comment\nb: 1\na: 1\n');
    writeFile(dir, 'unrelated.yaml', 'a: 5\n');
    writeFile(dir, 'app-config.yaml', '# comment\nb: 2\na: 1\n');
    await next();
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it('tells what a subscriber throws, and goes on', async () => {
    const dir = tempFolder({ 'app-config.yaml': 'a: 1\n' });
    const onListenerError = jest.fn();
    const { loaded, next } = await watch(dir, { onListenerError });
    const fault = new TypeError('no');
    loaded.config.subscribe(() => {
      throw fault;
    });
    writeFile(dir, 'app-config.yaml', 'a: 2\n');
    await next();
    expect(onListenerError).toHaveBeenCalledWith(fault);
  });

  it('stops when it is closed', async () => {
    const dir = tempFolder({ 'app-config.yaml': 'a: 1\n' });
    const { loaded } = await watch(dir);
    await loaded.close();
    await loaded.close();
    writeFile(dir, 'app-config.yaml', 'a: 2\n');
    expect(loaded.config.getNumber('a')).toBe(1);
  });
});
