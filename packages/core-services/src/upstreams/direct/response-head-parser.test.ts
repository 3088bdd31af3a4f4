import { describe, expect, it } from '@jest/globals';
import { parseHead } from './response-head-parser.ts';

const parse = (lines: readonly string[], method = 'GET'): ReturnType<typeof parseHead> =>
  parseHead(lines.join('\r\n'), method);

describe('the head of a response', () => {
  it('is its status and its headers as they came', () => {
    const lines = ['HTTP/1.1 200 OK', 'Content-Type:text/plain', 'Set-Cookie: a=1', 'set-cookie:\t b=2 ', 'X-Empty:'];
    expect(parse(lines)).toEqual({
      status: 200,
      headers: ['Content-Type', 'text/plain', 'Set-Cookie', 'a=1', 'set-cookie', 'b=2', 'X-Empty', ''],
      framing: { type: 'rest' },
      isKept: false,
      keptFor: undefined,
    });
  });

  it.each([
    ['a length', ['HTTP/1.1 200', 'Content-Length: 5'], 'GET', { type: 'length', length: 5 }],
    ['chunks', ['HTTP/1.1 200 OK', 'Transfer-Encoding: Chunked'], 'GET', { type: 'chunks' }],
    ['HEAD', ['HTTP/1.1 200 OK', 'Content-Length: 5'], 'HEAD', { type: 'none' }],
    ['204', ['HTTP/1.1 204 No Content'], 'GET', { type: 'none' }],
    ['304', ['HTTP/1.1 304 Not Modified', 'Content-Length: 5'], 'GET', { type: 'none' }],
    ['neither', ['HTTP/1.1 200 OK'], 'GET', { type: 'rest' }],
  ])('tells by %s where the body ends', (_what, lines, method, framing) => {
    expect(parse(lines, method).framing).toEqual(framing);
  });

  it.each([
    ['HTTP/1.1', [], true],
    ['HTTP/1.1', ['Connection: close'], false],
    ['HTTP/1.1', ['Connection: x-hop', 'Connection: Close'], false],
    ['HTTP/1.0', [], false],
    ['HTTP/1.0', ['Connection: keep-alive'], true],
  ])('of %s with %j tells whether the connection is kept', (version, lines, isKept) => {
    expect(parse([`${version} 200 OK`, 'Content-Length: 0', ...lines]).isKept).toBe(isKept);
  });

  it('tells for how long', () => {
    expect(parse(['HTTP/1.1 204 No Content', 'Keep-Alive: max=5, timeout=65']).keptFor).toBe(65);
  });

  it.each([
    ['no status line', ['SSH-2.0-OpenSSH']],
    ['another version', ['HTTP/2.0 200 OK']],
    ['a status that is none', ['HTTP/1.1 2000 OK']],
    ['a folded line', ['HTTP/1.1 200 OK', 'X-A: 1', ' 2']],
    ['a line without a colon', ['HTTP/1.1 200 OK', 'X-A']],
    ['a space before the colon', ['HTTP/1.1 200 OK', 'Content-Length : 5']],
    ['no name', ['HTTP/1.1 200 OK', ': 5']],
    ['two lengths', ['HTTP/1.1 200 OK', 'Content-Length: 5', 'Content-Length: 5']],
    ['a list of lengths', ['HTTP/1.1 200 OK', 'Content-Length: 5, 5']],
    ['a signed length', ['HTTP/1.1 200 OK', 'Content-Length: +5']],
    ['a length and chunks', ['HTTP/1.1 200 OK', 'Content-Length: 5', 'Transfer-Encoding: chunked']],
    [
      'a length and chunks where there is no body',
      ['HTTP/1.1 204 OK', 'Content-Length: 5', 'Transfer-Encoding: chunked'],
    ],
    ['another coding', ['HTTP/1.1 200 OK', 'Transfer-Encoding: gzip, chunked']],
    ['two codings', ['HTTP/1.1 200 OK', 'Transfer-Encoding: chunked', 'Transfer-Encoding: chunked']],
    ['a bare CR', ['HTTP/1.1 200 OK', 'X-A: 1\rX-B: 2']],
    ['a bare LF', ['HTTP/1.1 200 OK', 'X-A: 1\nX-B: 2']],
    ['a NUL', ['HTTP/1.1 200 OK', 'X-A: 1\0']],
  ])('with %s is refused', (_what, lines) => {
    expect(() => parse(lines)).toThrow(expect.objectContaining({ code: 'ERR_UPSTREAM_RESPONSE' }));
  });
});
