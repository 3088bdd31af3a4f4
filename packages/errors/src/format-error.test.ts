import { describe, expect, it } from '@jest/globals';
import { BulkheadError, ProblemsError, formatError, formatHeadline, formatProblem, formatSource } from './index.ts';

describe('formatError', () => {
  it('shows code, message, hint and causes, and no stack', () => {
    const error = new BulkheadError('ERR_TEST_OUTER', 'The host does not start', {
      hint: 'Start PostgreSQL.',
      cause: Object.assign(new Error('connect refused'), { code: 'ECONNREFUSED' }),
    });
    expect(formatError(error)).toBe(
      [
        'ERR_TEST_OUTER: The host does not start',
        '  hint: Start PostgreSQL.',
        '  cause: ECONNREFUSED: connect refused',
      ].join('\n'),
    );
  });

  it('lists all problems with their places and hints', () => {
    const error = new ProblemsError('ERR_TEST_MANY', 'Two things are wrong', [
      { code: 'ERR_A', message: 'a.b must be a number', source: { file: 'app-config.yaml', line: 3, column: 5 } },
      { code: 'ERR_C', message: 'c is unknown', hint: "Did you mean 'd'?" },
    ]);
    expect(formatError(error)).toBe(
      [
        'ERR_TEST_MANY: Two things are wrong',
        '  - app-config.yaml:3:5: a.b must be a number [ERR_A]',
        '  - c is unknown [ERR_C]',
        "      hint: Did you mean 'd'?",
      ].join('\n'),
    );
  });

  it('lists the errors of an AggregateError', () => {
    const error = new AggregateError([new TypeError('one'), new RangeError('two')], 'Both failed');
    expect(formatError(error)).toBe(
      ['AggregateError: Both failed', '  - TypeError: one', '  - RangeError: two'].join('\n'),
    );
  });

  it('ends a ring of causes', () => {
    const error = new Error('a', { cause: new Error('b') });
    (error.cause as Error).cause = error;
    expect(formatError(error)).toBe(['Error: a', '  cause: Error: b'].join('\n'));
  });

  it('leaves out what comes after a hundred causes', () => {
    let error = new Error('0');
    for (let count = 1; count < 50_000; count++) error = new Error(String(count), { cause: error });
    expect(formatError(error).split('\n')).toHaveLength(100);
  });

  it('takes anything that can be thrown', () => {
    expect(formatError('oops')).toBe('Something that is no error was thrown: "oops"');
    expect(formatError(undefined)).toBe('Something that is no error was thrown: undefined');
    expect(formatError(new Error(''))).toBe('Error');
  });
});

describe('formatHeadline', () => {
  it('leaves out the details', () => {
    const error = new BulkheadError('ERR_A', 'Failed', { hint: 'Mend it.', cause: new Error('broken') });
    expect(formatHeadline(error)).toBe('ERR_A: Failed\n  hint: Mend it.');
    const faults = [
      new BulkheadError('ERR_B', "Plugin 'todo' failed", { cause: new Error('No table\nat line 1') }),
      new Error("Plugin 'digest' failed"),
      'oops',
    ];
    expect(
      formatHeadline(Object.assign(new BulkheadError('ERR_A', 'Failed', { hint: 'Mend it.' }), { errors: faults })),
    ).toBe(
      `ERR_A: Failed
  - Plugin 'todo' failed: No table
  - Plugin 'digest' failed
  - Something that is no error was thrown: "oops"
  hint: Mend it.`,
    );
    expect(formatHeadline('oops')).toBe('Something that is no error was thrown: "oops"');
  });
});

describe('formatSource', () => {
  it('says as much as is known', () => {
    expect(formatSource({ file: 'a.yaml' })).toBe('a.yaml');
    expect(formatSource({ file: 'a.yaml', line: 2 })).toBe('a.yaml:2');
    expect(formatSource({ file: 'a.yaml', line: 2, column: 9 })).toBe('a.yaml:2:9');
  });
});

describe('formatProblem', () => {
  it('puts the hint on its own line', () => {
    expect(formatProblem({ code: 'ERR_A', message: 'Bad', hint: 'Good.' })).toBe('Bad [ERR_A]\n  hint: Good.');
  });
});
