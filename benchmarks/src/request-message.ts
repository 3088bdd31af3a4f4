import type { LoadRequest } from './load.ts';

/** A request to this machine, as it is sent. */
export function messageOf({ path, method = 'GET', headers = {}, body = '' }: LoadRequest, port: number): string {
  const lines = [`${method} ${path} HTTP/1.1`, `host: 127.0.0.1:${port}`];
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`);
  if (body) lines.push(`content-length: ${Buffer.byteLength(body)}`);
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}
