import { spawnSync } from 'node:child_process';
import { expect, it } from '@jest/globals';
import { suitHeapToStart } from './heap.ts';

it('hands on what the function gives or throws', async () => {
  await expect(suitHeapToStart(async () => 5)).resolves.toBe(5);
  await expect(suitHeapToStart(() => Promise.reject(new RangeError('no')))).rejects.toThrow(RangeError);
});

it('uses flags that this V8 knows', () => {
  const flags = ['--semi-space-growth-factor=1', '--heap-growing-percent=600'];
  const { stderr, status } = spawnSync(process.execPath, [...flags, '-e', ''], { encoding: 'utf8', env: {} });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
});
