import { describe, expect, it } from '@jest/globals';
import { toLoggedTarget } from './logged-target.ts';

describe('toLoggedTarget', () => {
  it.each([
    ['/api/todo', '/api/todo'],
    ['/api/todo?page=2&sort=name', '/api/todo?page=2&sort=name'],
    ['/x?access_token=a&b=c', '/x?access_token=***&b=c'],
    ['/x?password=a&clientSecret=b&api-key=c&apikey=d', '/x?password=***&clientSecret=***&api-key=***&apikey=***'],
    ['/x?code=a&state=b&country_code=de', '/x?code=***&state=***&country_code=de'],
    ['/x?%74oken=a', '/x?%74oken=***'],
    ['/x?types%5B0%5d=a&tokens%5B%5D=b&x%5Bkey%5D=c', '/x?types%5B0%5d=a&tokens%5B%5D=***&x%5Bkey%5D=***'],
    ['/x?token', '/x?token'],
    ['/x?', '/x?'],
  ])('makes of %s %s', (target, logged) => {
    expect(toLoggedTarget(target)).toBe(logged);
  });

  it('cuts what is too long', () => {
    expect(toLoggedTarget(`/${'x'.repeat(3_000)}`)).toHaveLength(2_049);
  });
});
