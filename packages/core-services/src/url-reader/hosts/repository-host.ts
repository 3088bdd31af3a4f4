/** A request to the API of a host. */
export interface HostRequest {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** As whose page's request `fetch` introduces it. */
  readonly mode?: 'same-origin';
}

/** A request for a file. */
export interface FileRequest extends HostRequest {
  /** Makes content of a body that is something else. */
  readonly decode?: (body: Buffer) => Buffer;
  /** Whether the host is asked for changes only. Default: yes. */
  readonly isConditional?: boolean;
}

/** A request for an archive of a folder. */
export interface ArchiveRequest extends HostRequest {
  readonly format: 'tar' | 'zip';
  /** Where in the archive the folder is, without the first folder that hosts put around everything. */
  readonly subpath?: string;
  /** Whether there is such a first folder. Default: yes in tar archives, no in zip archives. */
  readonly stripFirstDirectory?: boolean;
}

/** A part of a repository. */
export interface Place {
  /** Below the root of the repository, decoded, without slashes around it. The root is ''. */
  readonly path: string;
  /** The URL of something else in the same repository, at the same revision. */
  at(path: string): string;
}

/** A folder as it is at a revision. */
export interface Snapshot {
  /** Another one when something in the repository has changed. */
  readonly revision: string;
  readonly archive: ArchiveRequest;
  /** The files of the repository, for hosts that can list them. `undefined`: too many to be listed. */
  list?(): Promise<readonly ListedFile[] | undefined>;
}

/** A file in a list. */
export interface ListedFile {
  /** Below the root of the repository. */
  readonly path: string;
  readonly file: FileRequest;
}

/** How a host is asked during one reading. */
export interface HostCall {
  /** The caller's own token; it takes the place of the configured credentials. */
  readonly token?: string;
  /** The answer to a request, parsed. @throws as `UrlReaderService.readUrl` does, by status */
  json<T>(request: HostRequest): Promise<T>;
  text(request: HostRequest): Promise<string>;
}

/** What is particular about a repository host. */
export interface RepositoryHost {
  /** Takes a URL apart. */
  locate(url: string): Place;
  /** How to ask for a file. */
  file(url: string, call: HostCall): Promise<FileRequest>;
  /** What to know about the folder at a URL. */
  snapshot(url: string, call: HostCall): Promise<Snapshot>;
  /** Sends requests instead of `fetch`. */
  readonly fetch?: typeof globalThis.fetch;
  /** A status of success that means that the host wants credentials. */
  readonly unauthenticatedStatus?: number;
}
