import { describe, expect, it } from '@jest/globals';
import { report } from './finding.ts';

describe('report', () => {
  it('prints findings by file and fails', () => {
    const lines: string[] = [];
    const findings = [
      { file: 'b.json', message: 'is odd' },
      { file: 'a.json', message: 'is stale' },
    ];
    expect(report('Files', findings, (line: string) => lines.push(line))).toBe(1);
    expect(lines).toEqual(['a.json: is stale', 'b.json: is odd', 'Files: 2 to mend']);
  });

  it('says that all is well', () => {
    const lines: string[] = [];
    expect(report('Files', [], (line: string) => lines.push(line))).toBe(0);
    expect(lines).toEqual(['Files: in order']);
  });
});
