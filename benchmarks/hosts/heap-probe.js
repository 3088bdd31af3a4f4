// Preloaded into a host by `--import`: on SIGUSR2 it prints what the heap holds once all garbage is gone.
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');

process.on('SIGUSR2', async () => {
  // Finalizers run in between, and leave garbage of their own.
  for (let round = 0; round < 3; round++) {
    collectGarbage();
    await setImmediate();
  }
  const { heapUsed, external } = process.memoryUsage();
  process.stdout.write(`heap ${JSON.stringify({ heapUsed, external })}\n`);
});
