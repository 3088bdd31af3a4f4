import { describe, expect, it } from '@jest/globals';
import { readProfile, type CpuProfileNode } from './cpu-profile.ts';

const node = (id: number, functionName: string, children?: number[]): CpuProfileNode => ({
  id,
  callFrame: { functionName, url: functionName === 'run' ? 'file:///app/run.js' : '', lineNumber: 6 },
  children,
});

describe('readProfile', () => {
  it('adds up the time of each stack, and leaves out what was idle', () => {
    const profile = readProfile({
      nodes: [node(1, '(root)', [2, 4]), node(2, 'run', [3]), node(3, ''), node(4, '(idle)')],
      samples: [2, 3, 4, 2],
      timeDeltas: [0, 1_000, 4_000, 20_000, 0],
    });
    expect(profile).toEqual({
      name: '(root)',
      place: '',
      self: 0,
      total: 5,
      callees: [
        {
          name: 'run',
          place: '/app/run.js:7',
          self: 1,
          total: 5,
          callees: [{ name: '(anonymous)', place: '', self: 4, total: 4, callees: [] }],
        },
      ],
    });
  });
});
