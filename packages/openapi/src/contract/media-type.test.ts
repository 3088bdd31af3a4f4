import { describe, expect, it } from '@jest/globals';
import { findContent, parseMediaType } from './media-type.ts';

describe('parseMediaType', () => {
  it.each([
    ['application/json', { essence: 'application/json' }],
    [' Text/HTML ; charset=UTF-8', { essence: 'text/html', charset: 'utf-8' }],
    ['text/plain;x=1;charset="Latin1"', { essence: 'text/plain', charset: 'latin1' }],
    ['text/plain;', { essence: 'text/plain' }],
    ['', { essence: '' }],
  ])('reads %p', (header, mediaType) => {
    expect(parseMediaType(header)).toEqual(mediaType);
  });
});

describe('findContent', () => {
  const contents = ['*/*', 'text/*', 'text/plain'].map((mediaType) => ({ mediaType }));

  it.each([
    ['text/plain', 'text/plain'],
    ['text/csv', 'text/*'],
    ['image/png', '*/*'],
  ])('finds for %s the narrowest: %s', (essence, mediaType) => {
    expect(findContent(contents, essence)).toEqual({ mediaType });
  });

  it('finds nothing that is not listed', () => {
    expect(findContent([{ mediaType: 'text/*' }], 'image/png')).toBeUndefined();
    expect(findContent([{ mediaType: 'text/*' }], '')).toBeUndefined();
  });
});
