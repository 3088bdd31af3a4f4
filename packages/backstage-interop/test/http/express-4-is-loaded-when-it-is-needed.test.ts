import { expect, it } from '@jest/globals';
import { runFixture } from './run-fixture.ts';

it('Express 4 is loaded for the first handler that was written for it, and not before', async () => {
  expect(await runFixture('loaded-express')).toEqual([false, false, true]);
});
