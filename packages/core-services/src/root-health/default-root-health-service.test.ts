import { describe, expect, it } from '@jest/globals';
import { mockServices } from '@bulkhead/backend-test-utils';
import { describeRootHealthService } from '@bulkhead/backend-test-utils/contracts';
import { DefaultRootHealthService } from './default-root-health-service.ts';

describeRootHealthService('DefaultRootHealthService', () => {
  const host = mockServices.rootHost();
  return {
    service: new DefaultRootHealthService(host, []),
    setReady: (ready) => host.setPhase(ready ? 'ready' : 'draining'),
  };
});

describe('getReadiness', () => {
  it('tells the phase of a process that is not ready', async () => {
    const health = new DefaultRootHealthService(mockServices.rootHost({ phase: 'starting' }), []);
    expect(await health.getReadiness()).toEqual({ status: 503, payload: { status: 'error', phase: 'starting' } });
  });

  it('names the indicators that are down, without their reasons', async () => {
    const database = { id: 'database', check: () => ({ healthy: false, reason: 'no route to db.internal' }) };
    const broken = {
      id: 'broken',
      check: () => {
        throw new TypeError('no');
      },
    };
    const good = { id: 'good', check: () => ({ healthy: true }) };
    const health = new DefaultRootHealthService(mockServices.rootHost(), [database, good, broken]);
    expect(await health.getReadiness()).toEqual({
      status: 503,
      payload: { status: 'error', phase: 'ready', down: ['database', 'broken'] },
    });
  });

  it('counts plugins that were left out, and is ready all the same', async () => {
    const host = mockServices.rootHost({ plugins: { todo: 'ready', digest: 'failed' } });
    expect(await new DefaultRootHealthService(host, []).getReadiness()).toEqual({
      status: 200,
      payload: { status: 'ok', failedPlugins: 1 },
    });
  });
});
