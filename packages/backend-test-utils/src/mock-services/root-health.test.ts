import { describe, expect, it } from '@jest/globals';
import { mockServices } from '../index.ts';

describe('mockServices.rootHealth', () => {
  it('is as ready as the test lets it be', async () => {
    const health = mockServices.rootHealth({ phase: 'starting' });
    expect(await health.getReadiness()).toMatchObject({ status: 503 });
    health.setPhase('ready');
    expect(await health.getReadiness()).toMatchObject({ status: 200 });
    health.indicator.set(false);
    expect(await health.getReadiness()).toMatchObject({ status: 503 });
    expect(await health.getLiveness()).toMatchObject({ status: 200 });
  });

  it('has indicators that are as healthy as they are told to be', () => {
    const indicator = mockServices.rootHealthIndicator({ id: 'queue' });
    indicator.set(false, 'full');
    expect(indicator.check()).toEqual({ healthy: false, reason: 'full' });
  });
});
