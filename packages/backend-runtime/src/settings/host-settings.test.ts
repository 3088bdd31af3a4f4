import { describe, expect, it } from '@jest/globals';
import { ConfigReader, type Config } from '@bulkhead/config';
import { readHostSettings } from './host-settings.ts';

describe('the settings of a host', () => {
  it('are those of the configuration, else of the assembly, else built in', () => {
    const config = new ConfigReader({
      backend: {
        startup: { timeout: '2m', plugins: { todo: { timeout: 500 }, notes: {} } },
        lifecycle: { serverShutdownDelay: { seconds: 3 } },
      },
    });
    const { settings, problems } = readHostSettings(config, { startupTimeout: 1, slowStartInterval: 7 });
    expect(problems).toEqual([]);
    expect(settings).toMatchObject({
      startupTimeout: 120_000,
      pluginTimeouts: new Map([['todo', 500]]),
      slowStartInterval: 7,
      serverShutdownDelay: 3_000,
      shutdownTimeout: 10_000,
    });
    expect(readHostSettings(undefined, {}).settings).toMatchObject({
      startupTimeout: 60_000,
      slowStartInterval: 5_000,
    });
  });

  it('report a configuration that fails without saying what is wrong', () => {
    const broken = new Proxy({} as Config, {
      get: () => (): never => {
        throw new Error('cannot be read');
      },
    });
    const { problems } = readHostSettings(broken, {});
    expect(problems[0]).toMatchObject({ code: 'ERR_RUNTIME_INVALID_SETTING', message: 'cannot be read' });
    expect(problems.map(({ path }) => path?.join('.'))).toContain('backend.lifecycle.shutdownTimeout');
  });
});
