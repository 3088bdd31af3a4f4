import { readdirSync, watch, type FSWatcher } from 'node:fs';
import { dirname, join } from 'node:path';

/** What to watch. */
export interface WatchedFiles {
  /** Folders in which every file counts, however deep. */
  readonly folders: readonly string[];
  /** Single files, which need not be there. */
  readonly files: readonly string[];
}

/** Files that make no difference to a host that runs. */
const IRRELEVANT = /\.(test|test-d)\.ts$|\.tsbuildinfo$|\.d\.ts$|\.map$|~$/;

/**
 * Calls `onChange` with each file that changes, until the returned function is called.
 *
 * Folders are watched, not files: most editors replace a file by a new one of the same name, which whoever watches the
 * file itself does not notice. Folders that come into being later are not watched, but that they do is a change.
 */
export function watchFiles({ folders, files }: WatchedFiles, onChange: (file: string) => void): () => void {
  const counted = new Set(files);
  const deep = new Set(folders.flatMap(listFolders));
  const watchers = [...new Set([...deep, ...files.map((file) => dirname(file))])].map((folder) =>
    watchFolder(folder, (name) => {
      const file = join(folder, name);
      if (counted.has(file) || (deep.has(folder) && !IRRELEVANT.test(name))) onChange(file);
    }),
  );
  return () => watchers.forEach((watcher) => watcher?.close());
}

function watchFolder(folder: string, onEvent: (name: string) => void): FSWatcher | undefined {
  try {
    return watch(folder, (_, name) => name !== null && onEvent(name)).on('error', () => {});
  } catch {
    // Gone in the meantime.
    return undefined;
  }
}

/** The folder and all folders in it. Nothing if it is not there. */
function listFolders(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    return [folder, ...entries.flatMap(({ name }) => listFolders(join(folder, name)))];
  } catch {
    return [];
  }
}
