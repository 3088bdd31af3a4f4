import { describe, expect, it } from '@jest/globals';
import { ConfigReader } from '@bulkhead/config';
import { DEFAULT_CALL_POLICY } from '@bulkhead/openapi/client';
import type { JsonObject } from '@bulkhead/types';
import { readCallPolicy } from './clients-settings.ts';

const read = (clients: JsonObject, pluginId = 'todo') =>
  readCallPolicy(new ConfigReader({ backend: { clients } }), pluginId);

describe('backend.clients', () => {
  it('may be left out', () => {
    expect(readCallPolicy(new ConfigReader({}), 'todo')).toEqual(DEFAULT_CALL_POLICY);
  });

  it('holds for all plugins, and by plugin', () => {
    const clients = {
      timeout: '10s',
      retries: 1,
      backoff: '1ms',
      maxBackoff: '2s',
      breaker: { failures: 3, pause: '7s' },
      plugins: { todo: { timeout: '1s', breaker: { failures: 0 } } },
    };
    const general = {
      timeout: 10_000,
      retries: 1,
      firstBackoff: 1,
      longestBackoff: 2_000,
      breakerFailures: 3,
      breakerPause: 7_000,
    };
    expect(read(clients, 'digest')).toEqual(general);
    expect(read(clients)).toEqual({ ...general, timeout: 1_000, breakerFailures: 0 });
  });

  it('is refused where it makes no sense', () => {
    expect(() => read({ retries: -1 })).toThrow(expect.objectContaining({ code: 'ERR_CONFIG_VALUE' }));
    expect(() => read({ plugins: { todo: { breaker: { failures: 1.5 } } } })).toThrow(
      expect.objectContaining({ code: 'ERR_CONFIG_VALUE' }),
    );
    expect(() => read({ timeout: 'soon' })).toThrow(expect.objectContaining({ code: 'ERR_CONFIG_VALUE' }));
  });
});
