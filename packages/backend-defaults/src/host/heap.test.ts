import { spawnSync } from 'node:child_process';
import { describe, expect, it, jest } from '@jest/globals';
import { suitHeapToStart } from './heap.ts';

const STARTING = ['--semi-space-growth-factor=1', '--heap-growing-percent=600'];
const USUAL = ['--semi-space-growth-factor=2', '--heap-growing-percent=0'];

describe('suitHeapToStart', () => {
  const setFlag = jest.fn<(flag: string) => void>();
  const flags = (): string[] => setFlag.mock.calls.splice(0).map(([flag]) => flag);

  it('sets flags for a start, and takes them back when it has ended', async () => {
    const start = async (): Promise<unknown> => [...flags()];
    await expect(suitHeapToStart(start, setFlag)).resolves.toEqual(STARTING);
    expect(flags()).toEqual(USUAL);
  });

  it.each([
    ['rejects', () => Promise.reject(new RangeError('no'))],
    [
      'throws',
      () => {
        throw new RangeError('no');
      },
    ],
  ])('takes them back when a start %s', async (_, start) => {
    await expect(suitHeapToStart(start, setFlag)).rejects.toThrow(RangeError);
    expect(flags()).toEqual([...STARTING, ...USUAL]);
  });

  it('waits for the last of several starts', async () => {
    let end = (): void => undefined;
    const long = suitHeapToStart(() => new Promise<void>((resolve) => (end = resolve)), setFlag);
    expect(flags()).toEqual(STARTING);
    await expect(suitHeapToStart(() => Promise.reject(new RangeError('no')), setFlag)).rejects.toThrow(RangeError);
    await suitHeapToStart(async () => undefined, setFlag);
    expect(flags()).toEqual([]);
    end();
    await long;
    expect(flags()).toEqual(USUAL);
  });
});

it('uses flags that this V8 knows', () => {
  const { stderr, status } = spawnSync(process.execPath, [...STARTING, '-e', ''], { encoding: 'utf8', env: {} });
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
});

it('takes them back to what this V8 has by itself', () => {
  const { stdout } = spawnSync(process.execPath, ['--v8-options'], { encoding: 'utf8', env: {} });
  const defaults = new Set(Array.from(stdout.matchAll(/default: (--\S+)/g), ([, flag]) => flag));
  expect(USUAL.filter((flag) => !defaults.has(flag))).toEqual([]);
});
