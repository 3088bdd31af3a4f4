import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ResponseReader } from './response-reader.ts';

const response = fc
  .record({ status: fc.constantFrom(200, 201, 404), body: fc.string({ unit: 'grapheme', maxLength: 30 }) })
  .map(({ status, body }) => ({
    status,
    text: `HTTP/1.1 ${status} Some words\r\nContent-Length: ${Buffer.byteLength(body)}\r\nx: y\r\n\r\n${body}`,
  }));

describe('ResponseReader', () => {
  it('finds each response, wherever the bytes are parted', () => {
    fc.assert(
      fc.property(fc.array(response), fc.infiniteStream(fc.integer({ min: 1, max: 40 })), (responses, lengths) => {
        const found: number[] = [];
        const reader = new ResponseReader((status) => found.push(status));
        let rest = Buffer.from(responses.map(({ text }) => text).join(''));
        while (rest.length > 0) {
          const length = lengths.next().value ?? 1;
          reader.read(rest.subarray(0, length));
          rest = rest.subarray(length);
        }
        expect(found).toEqual(responses.map(({ status }) => status));
      }),
    );
  });

  it('does not guess where a response ends', () => {
    const reader = new ResponseReader(() => undefined);
    expect(() => reader.read(Buffer.from('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n'))).toThrow(/length/);
  });
});
