import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import type { JsonObject } from '@bulkhead/types';

/** How a kind of storage answers, and what configures it. */
export interface FakeBucket {
  readonly key: string;
  config(origin: string): JsonObject;
  /** Variables of the environment that lead the client of the storage here. */
  environment?(origin: string): Readonly<Record<string, string>>;
  url(host: string, key: string): string;
  answer(question: BucketQuestion): unknown;
  /** It cannot be asked for the start of a key. */
  readonly hasFolders?: boolean;
}

/** A request to a fake storage. */
export interface BucketQuestion {
  readonly objects: ReadonlyMap<string, string>;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly path: string;
  readonly query: URLSearchParams;
}

const LAST_MODIFIED = new Date('2020-01-02T03:04:05Z');

function etagOf(content: string): string {
  return `"${createHash('md5').update(content).digest('hex')}"`;
}

function xml(response: ServerResponse, body: string, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/xml' }).end(`<?xml version="1.0"?>${body}`);
}

/** An object, or that it is as it was. */
function sendObject({ request, response }: BucketQuestion, content: string): void {
  const { 'if-none-match': known, 'if-modified-since': since } = request.headers;
  const headers = { etag: etagOf(content), 'last-modified': LAST_MODIFIED.toUTCString() };
  const isCurrent = known === undefined ? since === LAST_MODIFIED.toUTCString() : known === headers.etag;
  if (isCurrent) response.writeHead(304, headers).end();
  else response.writeHead(200, { ...headers, 'content-length': Buffer.byteLength(content) }).end(content);
}

export const awsS3: FakeBucket = {
  key: 'awsS3',
  config: (origin) => ({ endpoint: origin, s3ForcePathStyle: true, accessKeyId: 'id', secretAccessKey: 'secret' }),
  url: (host, key) => `http://${host}/bucket/${key}`,
  answer(question) {
    const { objects, response, path, query } = question;
    if (!path.startsWith('/bucket')) return response.writeHead(400).end();
    if (query.get('list-type') === '2') return listS3(question);
    const content = objects.get(path.replace('/bucket/', ''));
    if (content === undefined) return xml(response, '<Error><Code>NoSuchKey</Code></Error>', 404);
    return sendObject(question, content);
  },
};

/** One key per page. */
function listS3({ objects, response, query }: BucketQuestion): void {
  const keys = [...objects.keys()].filter((key) => key.startsWith(query.get('prefix') ?? '')).sort();
  const index = Number(query.get('continuation-token') ?? 0);
  const next = index + 1 < keys.length ? `<NextContinuationToken>${index + 1}</NextContinuationToken>` : '';
  const contents = keys
    .slice(index, index + 1)
    .map(
      (key) =>
        `<Contents><Key>${key}</Key><ETag>${etagOf(objects.get(key)!)}</ETag><LastModified>${LAST_MODIFIED.toISOString()}</LastModified></Contents>`,
    );
  xml(response, `<ListBucketResult>${contents.join('')}${next}</ListBucketResult>`);
}

export const azureBlobStorage: FakeBucket = {
  key: 'azureBlobStorage',
  config: (origin) => ({ accountName: 'account', accountKey: 'a2V5', endpoint: origin }),
  url: (host, key) => `http://${host}/container/${key}`,
  answer(question) {
    const { objects, response, path, query } = question;
    if (query.get('comp') === 'list') {
      const blobs = [...objects]
        .filter(([key]) => key.startsWith(query.get('prefix') ?? ''))
        .map(
          ([key, content]) =>
            `<Blob><Name>${key}</Name><Properties><Etag>${etagOf(content)}</Etag><Last-Modified>${LAST_MODIFIED.toUTCString()}</Last-Modified><Content-Length>1</Content-Length><BlobType>BlockBlob</BlobType></Properties></Blob>`,
        );
      return xml(response, `<EnumerationResults><Blobs>${blobs.join('')}</Blobs><NextMarker/></EnumerationResults>`);
    }
    const content = objects.get(path.replace('/container/', ''));
    if (content === undefined) return xml(response, '<Error><Code>BlobNotFound</Code></Error>', 404);
    return sendObject(question, content);
  },
};

export const googleGcs: FakeBucket = {
  key: 'googleGcs',
  config: () => ({}),
  environment: (origin) => ({ STORAGE_EMULATOR_HOST: origin }),
  url: (_host, key) => `https://storage.cloud.google.com/bucket/${key}`,
  answer({ objects, response, path, query }) {
    const metadata = (name: string, content: string) => ({
      name,
      bucket: 'bucket',
      etag: etagOf(content),
      updated: LAST_MODIFIED.toISOString(),
    });
    response.setHeader('content-type', 'application/json');
    if (/\/b\/bucket\/o\/?$/.test(path)) {
      const items = [...objects].filter(([key]) => key.startsWith(query.get('prefix') ?? ''));
      return response.end(JSON.stringify({ items: items.map(([key, content]) => metadata(key, content)) }));
    }
    const key = /\/b\/bucket\/o\/(.*)$/.exec(path)?.[1] ?? '';
    const content = objects.get(key);
    if (content === undefined) return response.writeHead(404).end(JSON.stringify({ error: { code: 404 } }));
    return query.get('alt') === 'media' ? response.end(content) : response.end(JSON.stringify(metadata(key, content)));
  },
};

export const awsCodeCommit: FakeBucket = {
  key: 'awsCodeCommit',
  hasFolders: true,
  config: () => ({ region: 'eu-west-1', accessKeyId: 'id', secretAccessKey: 'secret' }),
  environment: (origin) => ({ AWS_ENDPOINT_URL_CODECOMMIT: origin }),
  url: (_host, key) =>
    `https://eu-west-1.console.aws.amazon.com/codesuite/codecommit/repositories/repo/browse/refs/heads/main/--/${key}`,
  async answer({ objects, request, response }) {
    const { filePath, folderPath, commitSpecifier } = (await json(request)) as Record<string, string>;
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    if (commitSpecifier !== 'refs/heads/main') return response.writeHead(400).end('{}');
    const commitId = etagOf(JSON.stringify([...objects]));
    if (folderPath !== undefined) return response.end(JSON.stringify({ commitId, ...folder(objects, folderPath) }));
    const content = objects.get(filePath!);
    if (content === undefined)
      return response.writeHead(404).end(JSON.stringify({ __type: 'FileDoesNotExistException' }));
    return response.end(JSON.stringify({ commitId, fileContent: Buffer.from(content).toString('base64') }));
  },
};

function folder(objects: ReadonlyMap<string, string>, path: string) {
  const start = path === '/' ? '' : `${path.replace(/^\//, '')}/`;
  const below = [...objects]
    .filter(([key]) => key.startsWith(start))
    .map(([key, text]) => [key.slice(start.length), text] as const);
  const names = new Set(below.filter(([key]) => key.includes('/')).map(([key]) => key.split('/')[0]!));
  return {
    files: below
      .filter(([key]) => !key.includes('/'))
      .map(([key, text]) => ({ absolutePath: `${start}${key}`, blobId: etagOf(text) })),
    subFolders: [...names].map((name) => ({ absolutePath: `${start}${name}` })),
  };
}
