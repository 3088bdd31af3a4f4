import { isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { unsupportedCharset } from '../errors.ts';

const UTF_8 = new Set([undefined, '', 'utf-8', 'utf8', 'us-ascii', 'ascii']);

/**
 * The text that bytes are.
 *
 * @param charset - in lower case; UTF-8 if there is none
 * @returns `undefined` if the bytes are no text of that charset
 * @throws UnsupportedMediaTypeError `ERR_CONTRACT_CHARSET`
 */
export function decodeText(bytes: Buffer, charset: string | undefined): string | undefined {
  if (!UTF_8.has(charset)) {
    return decodeOther(bytes, charset!);
  }
  if (!isUtf8(bytes)) {
    return undefined;
  }
  const text = bytes.toString('utf8');
  return text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text;
}

const BYTE_ORDER_MARK = 0xfeff;

function decodeOther(bytes: Buffer, charset: string): string | undefined {
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(charset, { fatal: true });
  } catch {
    throw unsupportedCharset(charset);
  }
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

/** JSON and forms are always UTF-8 (RFC 8259, 8.1; WHATWG URL, 5.1). @throws UnsupportedMediaTypeError */
export function demandUtf8(charset: string | undefined): void {
  if (!UTF_8.has(charset)) {
    throw unsupportedCharset(charset!);
  }
}
