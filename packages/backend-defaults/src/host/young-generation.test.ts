import { spawnSync } from 'node:child_process';
import { expect, it } from '@jest/globals';
import { holdYoungGeneration } from './young-generation.ts';

it('hands on what the function gives or throws', async () => {
  await expect(holdYoungGeneration(async () => 5)).resolves.toBe(5);
  await expect(holdYoungGeneration(() => Promise.reject(new RangeError('no')))).rejects.toThrow(RangeError);
});

it('uses a flag that this V8 knows', () => {
  const { stderr, status } = spawnSync(process.execPath, ['--semi-space-growth-factor=1', '-e', ''], {
    encoding: 'utf8',
    env: {},
  });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
});
