import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RootConfigService } from '@bulkhead/backend-plugin-api';
import { describeRootConfigService } from '@bulkhead/backend-test-utils/contracts';
import { loadConfig } from '@bulkhead/config-loader';
import { companionOf, type ConfigNotice } from './config-companion.ts';
import { createRootConfigServiceFactory, type RootConfigServiceFactoryOptions } from './root-config-service-factory.ts';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'root-config-'));
});
afterAll(() => rmSync(dir, { recursive: true }));

let count = 0;
function writeConfig(data: unknown, file = join(dir, `config-${++count}.yaml`)): string {
  writeFileSync(file, typeof data === 'string' ? data : JSON.stringify(data));
  return file;
}

const make = (options: RootConfigServiceFactoryOptions): Promise<RootConfigService & Partial<AsyncDisposable>> =>
  createRootConfigServiceFactory({ env: {}, dir, ...options }).factory({}, undefined);

describeRootConfigService('rootConfigServiceFactory', async (data) => {
  const file = writeConfig(data);
  const service = await make({ files: [file] });
  const notices: (() => void)[] = [];
  companionOf(service)?.listen?.(() => notices.splice(0).forEach((resolve) => resolve()));
  let current = JSON.stringify(data);
  return {
    service,
    dispose: async () => service[Symbol.asyncDispose]?.(),
    async update(next) {
      // The watcher says nothing about a file that says the same.
      if (JSON.stringify(next) === current) return;
      current = JSON.stringify(next);
      const changed = new Promise<void>((resolve) => notices.push(resolve));
      writeConfig(next, file);
      await changed;
    },
  };
});

describe('rootConfigServiceFactory', () => {
  it('reads the files that the command line names', async () => {
    const first = writeConfig({ a: 1, b: 1 });
    const second = writeConfig({ b: 2 });
    const config = await make({ args: ['--config', first, `--config=${second}`], watch: false });
    expect(config.get()).toEqual({ a: 1, b: 2 });
  });

  it('fails with everything that is wrong', async () => {
    await expect(make({ files: [writeConfig('a: [')], watch: false })).rejects.toMatchObject({
      code: 'ERR_CONFIG_INVALID',
    });
  });

  it('knows the secrets, also those that come later', async () => {
    const file = writeConfig({ todo: { password: 'hunter2' } });
    const config = await make({ files: [file] });
    const secrets = (): string[] => [...(companionOf(config)?.secrets() ?? [])];
    expect(secrets()).toEqual(['hunter2']);
    const changed = new Promise<void>((resolve) => config.subscribe?.(resolve));
    writeConfig({ todo: { password: 'swordfish' } }, file);
    await changed;
    expect(secrets()).toEqual(['swordfish']);
    await config[Symbol.asyncDispose]?.();
  });

  it('keeps the previous configuration when a change is faulty, and says so', async () => {
    const file = writeConfig({ a: 1 });
    const config = await make({ files: [file] });
    const notice = new Promise<ConfigNotice>((resolve) => companionOf(config)?.listen?.(resolve));
    writeConfig('a: [', file);
    expect(await notice).toMatchObject({ level: 'warn', meta: { code: 'ERR_CONFIG_INVALID' } });
    expect(config.getNumber('a')).toBe(1);
    await config[Symbol.asyncDispose]?.();
  });

  it('keeps warnings for the logger', async () => {
    const config = await make({ dir: join(dir, '..'), watch: false });
    const notices: ConfigNotice[] = [];
    companionOf(config)?.listen?.((notice) => notices.push(notice));
    expect(notices).toEqual([
      { level: 'warn', message: expect.any(String), meta: expect.objectContaining({ code: expect.any(String) }) },
    ]);
  });

  it('takes a configuration that somebody else has loaded or will load', async () => {
    const loaded = await loadConfig({ dir, env: {}, files: [writeConfig({ todo: { token: 'abcdef' } })] });
    for (const given of [loaded, async () => loaded]) {
      const config = await make({ loaded: given });
      expect(config).toBe(loaded.config);
      expect([...(companionOf(config)?.secrets() ?? [])]).toEqual(['abcdef']);
      expect(config[Symbol.asyncDispose]).toBeUndefined();
    }
  });
});
