import { dirname } from 'node:path';

/** Files under observation. */
export interface FileWatch {
  /** Replaces the set of files. They need not be there. */
  update(files: readonly string[]): void;
  close(): Promise<void>;
}

/** How {@link watchFiles} behaves. */
export interface WatchFilesOptions {
  /** Absolute paths. They need not be there. */
  readonly files: readonly string[];
  /** How long nothing must happen before a change counts, in milliseconds. */
  readonly debounce: number;
  readonly onChange: () => void;
  readonly onError: (error: unknown) => void;
}

/**
 * Watches files by the folders that they are in, so that those which are replaced by renaming, which editors and
 * Kubernetes do, and those which do not exist yet are seen as well.
 *
 * Resolves when changes are seen from then on.
 */
export async function watchFiles({ files, debounce, onChange, onError }: WatchFilesOptions): Promise<FileWatch> {
  const { watch } = await import('chokidar');
  let watched = new Set(files);
  let folders = foldersOf(files);
  let timer: NodeJS.Timeout | undefined;
  const isOfInterest = (path: string): boolean => watched.has(path) || folders.has(path);
  const watcher = watch([...folders], {
    depth: 0,
    ignoreInitial: true,
    atomic: true,
    ignored: (path) => !isOfInterest(path),
  });
  watcher.on('all', (_event, path) => {
    if (watched.has(path)) {
      clearTimeout(timer);
      timer = setTimeout(onChange, debounce);
    }
  });
  watcher.on('error', onError);
  await new Promise<void>((resolve) => watcher.once('ready', resolve));
  return {
    update(next) {
      watched = new Set(next);
      const before = folders;
      folders = foldersOf(next);
      // A file that is new in a folder watched already was ignored so far; naming it makes up for that.
      watcher.add([...next, ...folders]);
      watcher.unwatch([...before].filter((folder) => !folders.has(folder)));
    },
    async close() {
      clearTimeout(timer);
      await watcher.close();
    },
  };
}

function foldersOf(files: readonly string[]): Set<string> {
  return new Set(files.map((file) => dirname(file)));
}
