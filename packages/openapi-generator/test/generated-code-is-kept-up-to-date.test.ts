import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { runCommand } from '../src/generate/program.ts';

const CONTRACT = `openapi: 3.1.0
info: { title: notes, version: 1.0.0 }
paths:
  /notes:
    get:
      operationId: listNotes
      parameters: [{ name: limit, in: query, schema: { type: integer } }]
      responses:
        '200': { description: Notes, content: { application/json: { schema: { type: array, items: { type: string } } } } }
`;

let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'generate-'));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

describe('in a repository', () => {
  beforeEach(() => {
    write('package.json', { workspaces: ['plugins/*'] });
    write('plugins/notes-backend/package.json', manifest('backend-plugin', 'plugin'));
    write('plugins/notes-backend/openapi.yaml', CONTRACT);
    write('plugins/notes-node/package.json', manifest('node-library', 'plugin-node'));
  });

  it('goes into the plugin and into the package with its client', async () => {
    const { exitCode, output } = await run('generate', root);
    expect(exitCode).toBe(0);
    expect(output).toContain('1 contract, 7 files changed');
    expect(list('plugins/notes-backend')).toEqual(['document.ts', 'routes.ts', 'types.ts', 'validators.ts']);
    expect(list('plugins/notes-node')).toEqual(['client-ref.ts', 'client.ts', 'types.ts']);
    expect(read('plugins/notes-node/src/generated/client.ts')).toContain(
      'listNotes(request?: ListNotesRequest, options?: CallOptions): Promise<readonly string[]>;',
    );
    for (const file of [...list('plugins/notes-backend')]) {
      expect(read(`plugins/notes-backend/src/generated/${file}`)).toMatch(
        /^\/\/ Generated from openapi.yaml, do not edit/,
      );
    }
  });

  it('is the same wherever and whenever it is written', async () => {
    await run('generate', root);
    const first = snapshot();
    expect(first).not.toContain(root);
    rmSync(path.join(root, 'plugins/notes-backend/src'), { recursive: true });
    await run('generate', path.join(root, 'plugins/notes-backend'));
    expect(snapshot()).toBe(first);
    await expect(run('generate', '--check', root)).resolves.toEqual({
      exitCode: 0,
      output: '1 contract, nothing to write',
    });
  });

  it('is checked without writing: what is stale, what is missing, what is left over', async () => {
    await run('generate', root);
    write('plugins/notes-backend/openapi.yaml', CONTRACT.replace('type: integer', 'type: string'));
    rmSync(path.join(root, 'plugins/notes-node/src/generated/client-ref.ts'));
    write(
      'plugins/notes-backend/src/generated/old.ts',
      '// Generated from openapi.yaml, do not edit: npm run generate\n',
    );
    const before = snapshot();

    const { exitCode, output } = await run('generate', '--check', root);
    expect(exitCode).toBe(1);
    expect(output).toContain('ERR_GENERATE_STALE');
    expect(output).toContain('8 generated files are out of date');
    expect(output).toContain('ERR_GENERATE_STALE_FILE');
    expect(output).toMatch(
      /notes-backend\/src\/generated\/types.ts: is not what the contract says \[ERR_GENERATE_STALE_FILE\]/,
    );
    expect(output).toMatch(/notes-node\/src\/generated\/client-ref.ts: is missing/);
    expect(output).toMatch(/notes-backend\/src\/generated\/old.ts: is left over/);
    expect(output).toContain('npm run generate');
    expect(snapshot()).toBe(before);

    const { output: written } = await run('generate', root);
    expect(written).toMatch(/removed .*old.ts/);
    expect(existsSync(path.join(root, 'plugins/notes-backend/src/generated/old.ts'))).toBe(false);
    await expect(run('generate', '--check', root)).resolves.toMatchObject({ exitCode: 0 });
  });

  it('leaves alone what it has not written', async () => {
    write('plugins/notes-backend/src/generated/by-hand.ts', 'export {};\n');
    await run('generate', root);
    expect(list('plugins/notes-backend')).toContain('by-hand.ts');
  });

  it('goes away with its contract', async () => {
    await run('generate', root);
    write('plugins/other-backend/package.json', { ...manifest('backend-plugin', 'plugin', 'other') });
    write('plugins/other-backend/openapi.yaml', CONTRACT);
    rmSync(path.join(root, 'plugins/notes-backend/openapi.yaml'));
    await run('generate', root);
    expect(list('plugins/notes-backend')).toEqual([]);
    expect(list('plugins/notes-node')).toEqual([]);
    expect(list('plugins/other-backend')).toContain('routes.ts');
  });

  it('is refused with place, reason and mend, and nothing is written', async () => {
    write('plugins/notes-backend/openapi.yaml', CONTRACT.replace('      operationId: listNotes\n', ''));
    write('plugins/other-backend/package.json', manifest('backend-plugin', 'plugin', 'other'));
    write('plugins/other-backend/openapi.yaml', CONTRACT.replace("'200'", "'2000'"));
    const { exitCode, output } = await run('generate', root);
    expect(exitCode).toBe(1);
    expect(output).toMatch(/plugins\/notes-backend\/openapi.yaml:\d+:\d+: .*operationId/);
    expect(output).toMatch(/plugins\/other-backend\/openapi.yaml:\d+:\d+: /);
    expect(output).toContain('hint: ');
    expect(list('plugins/notes-backend')).toEqual([]);
  });

  it('has one place for a client', async () => {
    write('plugins/notes-client/package.json', { name: 'notes-client', ...manifest('node-library', 'plugin-node') });
    const { exitCode, output } = await run('generate', root);
    expect(exitCode).toBe(1);
    expect(output).toContain('ERR_GENERATE_TWO_CLIENT_PACKAGES');
    expect(output).toContain('notes-client');
  });
});

describe('elsewhere', () => {
  it('is written for a single package, too', async () => {
    write('package.json', { name: 'notes', type: 'module' });
    write('openapi.yaml', CONTRACT);
    await expect(run('generate', root)).resolves.toMatchObject({ exitCode: 0 });
    expect(list('.')).toContain('routes.ts');
  });

  it.each([
    [['generate', '/nowhere/at/all'], 'ERR_GENERATE_NO_FOLDER', 1],
    [['generate', '--chekc'], 'ERR_GENERATE_USAGE', 2],
    [['generat'], 'ERR_GENERATE_USAGE', 2],
  ])('says what is wrong with %j', async (args, code, expected) => {
    const { exitCode, output } = await run(...args);
    expect(output).toContain(code);
    expect(exitCode).toBe(expected);
  });

  it('says that there is no contract', async () => {
    const { exitCode, output } = await run('generate', root);
    expect({ exitCode, output }).toEqual({ exitCode: 1, output: expect.stringContaining('ERR_GENERATE_NO_CONTRACT') });
  });

  it('says that a manifest cannot be read', async () => {
    write('package.json', '{');
    const { exitCode, output } = await run('generate', root);
    expect({ exitCode, output }).toEqual({ exitCode: 1, output: expect.stringContaining('ERR_GENERATE_MANIFEST') });
  });

  it('shows help and version', async () => {
    await expect(run('--help')).resolves.toEqual({
      exitCode: 0,
      output: expect.stringContaining('generate [options]'),
    });
    await expect(run('--version')).resolves.toEqual({ exitCode: 0, output: expect.stringMatching(/^\d+\.\d+\.\d+$/) });
    await expect(run()).resolves.toMatchObject({ exitCode: 2 });
  });
});

describe('the fixture of these tests', () => {
  it('is up to date', async () => {
    const folder = path.join(import.meta.dirname, 'fixtures/gallery');
    await expect(run('generate', '--check', folder)).resolves.toEqual({
      exitCode: 0,
      output: '1 contract, nothing to write',
    });
  });
});

async function run(...args: readonly string[]): Promise<{ exitCode: number; output: string }> {
  const lines: string[] = [];
  const print = (line: string): void => void lines.push(line);
  const exitCode = await runCommand(args, { out: print, err: print });
  return { exitCode, output: lines.join('\n') };
}

function manifest(role: string, layer: string, pluginId = 'notes'): object {
  return { type: 'module', bulkhead: { role, layer, pluginId } };
}

function write(file: string, content: string | object): void {
  const target = path.join(root, file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, typeof content === 'string' ? content : JSON.stringify(content));
}

function read(file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

function list(folder: string): readonly string[] {
  const generated = path.join(root, folder, 'src/generated');
  return existsSync(generated) ? readdirSync(generated).sort() : [];
}

function snapshot(): string {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  return files
    .sort()
    .map((file) => `${file}\n${read(file)}`)
    .join('\n');
}
