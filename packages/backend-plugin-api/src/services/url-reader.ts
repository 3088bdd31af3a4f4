import type { Readable } from 'node:stream';

/** How a URL is read. */
export interface ReadUrlOptions {
  /** Answers NotModifiedError when the content still has this ETag. */
  readonly etag?: string;
  /** Answers NotModifiedError when the content has not changed since. */
  readonly lastModifiedAfter?: Date;
  readonly signal?: AbortSignal;
  /** A token for this request instead of the configured one. */
  readonly token?: string;
}

/** The content of a URL. */
export interface ReadUrlResponse {
  buffer(): Promise<Buffer>;
  stream?(): Readable;
  readonly etag?: string;
  readonly lastModifiedAt?: Date;
}

/** How a folder is read. */
export interface ReadTreeOptions {
  readonly etag?: string;
  readonly signal?: AbortSignal;
  readonly token?: string;
  /** Leaves out files for which it returns false. */
  filter?(path: string, info?: { readonly size: number }): boolean;
}

/** A file of a folder. */
export interface UrlFile {
  /** Path below the folder, with slashes. */
  readonly path: string;
  content(): Promise<Buffer>;
  readonly lastModifiedAt?: Date;
}

/** The content of a folder. */
export interface ReadTreeResponse {
  files(): Promise<UrlFile[]>;
  /** The folder as an archive: the one that the host sent if it holds just the folder, else a gzipped tar archive. */
  archive(): Promise<NodeJS.ReadableStream>;
  /** Writes the files below `targetDir`, or into a new temporary folder, and returns the path. */
  dir(options?: { readonly targetDir?: string }): Promise<string>;
  readonly etag: string;
}

/** The files that a pattern matches. */
export interface SearchUrlResponse {
  readonly files: { readonly url: string; content(): Promise<Buffer>; readonly lastModifiedAt?: Date }[];
  readonly etag: string;
}

/** How a search is done. */
export interface SearchUrlOptions {
  readonly etag?: string;
  readonly signal?: AbortSignal;
  readonly token?: string;
}

/** Reads from hosts that the configuration allows. */
export interface UrlReaderService {
  /** @throws NotAllowedError when the configuration does not allow the host; NotFoundError; NotModifiedError. */
  readUrl(url: string, options?: ReadUrlOptions): Promise<ReadUrlResponse>;
  readTree(url: string, options?: ReadTreeOptions): Promise<ReadTreeResponse>;
  search(url: string, options?: SearchUrlOptions): Promise<SearchUrlResponse>;
}
