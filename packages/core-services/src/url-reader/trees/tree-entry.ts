/** A file in what a host sent, or a symbolic link. */
export interface TreeEntry {
  /** With slashes, as it stands in the archive. */
  readonly path: string;
  /** Bytes, if known before the content is. */
  readonly size?: number;
  readonly lastModifiedAt?: Date;
  /** Permission bits. */
  readonly mode?: number;
  /** Where a symbolic link leads; such an entry has no content. */
  readonly linkTarget?: string;
  /** The content, to be taken up before the next entry is asked for; what is not taken up is passed over. */
  content(): AsyncIterable<Buffer>;
}

/** Which entries belong to a tree, and what they are called there. */
export interface TreeSelection {
  /** Leaves away the first folder of each path, which hosts put around everything. */
  readonly stripFirstDirectory?: boolean;
  /** Only what is below this folder; named as it is without that first folder. */
  readonly subpath?: string;
  /** Asked with the path below the folder. */
  readonly filter?: (path: string, info?: { readonly size: number }) => boolean;
}

/** The path of an entry in the tree; `undefined` if it does not belong there. */
export function selectPath(entry: Pick<TreeEntry, 'path' | 'size'>, selection: TreeSelection): string | undefined {
  const { stripFirstDirectory, subpath = '', filter } = selection;
  const path = stripFirstDirectory ? entry.path.replace(/^[^/]+\//, '') : entry.path;
  const folder = subpath === '' || subpath.endsWith('/') ? subpath : `${subpath}/`;
  if (!path.startsWith(folder)) return undefined;
  const inner = path.slice(folder.length);
  return filter && !filter(inner, { size: entry.size ?? 0 }) ? undefined : inner;
}
