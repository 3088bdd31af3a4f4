import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Load } from './load.ts';
import { startSplitDeployment, type SplitDeployment } from './split-deployment.ts';

// Seven processes are started, one after the other, beside the load: half a minute on a machine that is not busy otherwise.
jest.setTimeout(240_000);

/** How many requests are under way at a time. */
const WORKERS = 24;

let deployment: SplitDeployment;
let load: Load;

beforeEach(async () => {
  deployment = await startSplitDeployment();
  load = new Load(deployment.url, WORKERS);
  await load.advance(300);
});

afterEach(async () => {
  await load.stop();
  await deployment[Symbol.asyncDispose]();
});

describe('two replicas under load', () => {
  it('are stopped and started one after the other, and no request is lost or processed twice', async () => {
    for (let round = 0; round < 2; round++) {
      for (const replica of deployment.replicas) {
        expect(await replica.stop('SIGTERM')).toBe(0);
        await load.advance(200);
        await replica.start();
        await load.advance(200);
      }
    }
    await load.stop();
    expect(load.losses).toEqual([]);
    expect([...load.answers.keys()].sort()).toEqual([1, 2]);
    expect([...deployment.processed].filter(([, times]) => times !== 1)).toEqual([]);
  });

  it('lose at most what is under way and not safe to repeat when one is killed', async () => {
    for (const replica of deployment.replicas) {
      await replica.stop('SIGKILL');
      await load.advance(300);
      await replica.start();
      await load.advance(300);
    }
    await load.stop();
    expect(load.losses.filter(({ method }) => method !== 'POST')).toEqual([]);
    expect(load.losses.filter(({ what }) => !what.includes('ERR_FORWARD_BROKEN'))).toEqual([]);
    expect(load.losses.length).toBeLessThanOrEqual(2 * WORKERS);
    expect([...deployment.processed].filter(([, times]) => times > 1)).toEqual([]);
  });
});
