import { describe, expect, it } from '@jest/globals';
import { createRedactor } from './redactor.ts';

describe('createRedactor', () => {
  it('takes secrets out, wherever they stand and however often', () => {
    const redact = createRedactor(['hunter2']);
    expect(redact('hunter2, or hunter2')).toBe('***, or ***');
    expect(redact('hunter')).toBe('hunter');
  });

  it('takes the longest first', () => {
    expect(createRedactor(['abc', 'abcdef', 'def'])('abcdef abc')).toBe('*** ***');
  });

  it.each(['a.b*c', '(x|y)[0-9]+$', '^\\d{2}?', 'a/b-c', '$&'])('takes a secret literally (%s)', (secret) => {
    expect(createRedactor([secret])(`<${secret}>`)).toBe('<***>');
    expect(createRedactor([secret])('aXbXXc y7 11')).toBe('aXbXXc y7 11');
  });

  it('finds a secret as it reads in JSON, also in JSON within JSON', () => {
    const secret = 'a"b\\c\nd';
    const json = JSON.stringify({ password: secret });
    expect(createRedactor([secret])(json)).toBe('{"password":"***"}');
    expect(createRedactor([secret])(JSON.stringify(json))).toBe('"{\\"password\\":\\"***\\"}"');
  });

  it('finds a secret as it reads in a URL', () => {
    const redact = createRedactor(['p@ss wörd/1']);
    expect(redact(`postgres://todo:${encodeURIComponent('p@ss wörd/1')}@localhost`)).toBe(
      'postgres://todo:***@localhost',
    );
    expect(redact(encodeURI('https://x/p@ss wörd/1'))).toBe('https://x/***');
  });

  it('finds a secret that came with white space around it', () => {
    expect(createRedactor(['hunter2\n'])('hunter2')).toBe('***');
  });

  it('leaves alone what is too short to be one', () => {
    expect(createRedactor(['', 'a', ' '])('a b')).toBe('a b');
  });

  it('takes half of a surrogate pair', () => {
    expect(createRedactor(['ab\ud800'])('ab\ud800')).toBe('***');
  });
});
