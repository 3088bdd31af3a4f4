import { describe, expect, it } from '@jest/globals';
import { parseSafeUrl } from './safe-url.ts';

const refusal = expect.objectContaining({ code: 'ERR_URL_READER_URL' });

describe('parseSafeUrl', () => {
  it.each(['a/b.txt', 'a%20b/%25.txt', 'a%2Fb', 'v1..2/.hidden'])('takes %s', (path) => {
    expect(parseSafeUrl(`https://host.example/${path}`).pathname).toBe(`/${path}`);
  });

  it.each(['a/%252e%252e/b', 'a%5C..%5Cb', 'a/%25252e/b', '?path=/a/../b', '?path=%252e%252e/b'])(
    'refuses %s, which leads elsewhere',
    (path) => {
      expect(() => parseSafeUrl(`https://host.example/${path}`)).toThrow(refusal);
    },
  );

  it('refuses what is encoded over and over, and what is longer than any server takes', () => {
    expect(() => parseSafeUrl(`https://host.example/%${'25'.repeat(5_000)}`)).toThrow(refusal);
    expect(() => parseSafeUrl(`https://host.example/${'a'.repeat(20_000)}`)).toThrow(refusal);
  });
});
