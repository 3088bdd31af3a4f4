import { describe, expect, it } from '@jest/globals';
import { readCommandLine, UsageError } from './command-line.ts';

const read = (...args: string[]) => readCommandLine(args, ['routes', 'soak']);

describe('the command line', () => {
  it('means all suites, and tables', () => {
    expect(read()).toMatchObject({ suites: [], isQuick: false, isJson: false });
  });

  it('takes suites and options in any order', () => {
    expect(read('--quick', 'routes', '--output', 'out')).toMatchObject({
      suites: ['routes'],
      isQuick: true,
      output: 'out',
    });
    expect(read('soak', '--compare', 'v1.0.0')).toMatchObject({ suites: ['soak'], compare: 'v1.0.0' });
  });

  it.each([
    [['rutes'], 'There are: routes, soak'],
    [['--fast'], '--fast'],
    [['--write-docs', '--quick'], '--write-docs'],
    [['--profile', '--compare', 'main'], '--compare'],
  ])('refuses %j', (args, message) => {
    expect(() => read(...args)).toThrow(UsageError);
    expect(() => read(...args)).toThrow(message);
  });
});
