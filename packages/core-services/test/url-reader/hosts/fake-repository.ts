import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { packTar, packZip } from './archives.ts';

const LAST_MODIFIED = new Date('2020-01-02T03:04:05Z').toUTCString();

/** The files of a repository, and answers about them. */
export class FakeRepository {
  readonly files = new Map<string, string>();

  /** The hash of the last commit. */
  get revision(): string {
    return createHash('sha1')
      .update(JSON.stringify([...this.files].sort()))
      .digest('hex');
  }

  /** Those below a folder, by the whole path. */
  below(folder: string): [string, string][] {
    return [...this.files].filter(([path]) => folder === '' || path.startsWith(`${folder}/`));
  }

  tar(firstFolder?: string, folder = ''): Promise<Buffer> {
    return packTar(this.below(folder), { folder: firstFolder });
  }

  zip(rename: (path: string) => string = (path) => path, folder = ''): Buffer {
    return packZip(this.below(folder).map(([path, content]) => [rename(path), content]));
  }

  /** Answers with a file, or that it is as it was, or not there. */
  sendFile(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    encode: (content: string) => string = (content) => content,
  ): void {
    const content = this.files.get(path);
    if (content === undefined) return sendStatus(response, 404);
    const etag = `"${createHash('sha256').update(content).digest('hex')}"`;
    response.setHeader('etag', etag).setHeader('last-modified', LAST_MODIFIED);
    const { 'if-none-match': known, 'if-modified-since': since } = request.headers;
    const isCurrent = known === undefined ? since === LAST_MODIFIED : known === etag;
    if (isCurrent) return sendStatus(response, 304);
    response.end(encode(content));
  }
}

export function sendStatus(response: ServerResponse, status: number): void {
  response.writeHead(status).end();
}

export function sendJson(response: ServerResponse, body: unknown, prefix = ''): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(`${prefix}${JSON.stringify(body)}`);
}
