import { watch, type FSWatcher } from 'node:fs';
import { findWatchPoints, type WatchPoints } from './watch-points.ts';

/** Files under observation. */
export interface FileWatch {
  /** Replaces the set of files, and follows what has happened to the folders on the way to them. */
  update(files: readonly string[]): void;
  close(): void;
}

/** How {@link watchFiles} behaves. */
export interface WatchFilesOptions {
  /** How long nothing must happen before a change counts, in milliseconds. */
  readonly debounce: number;
  readonly onChange: () => void;
  /** Called when a folder cannot be watched; the others are. */
  readonly onError: (error: unknown) => void;
}

/**
 * Watches files, which need not be there, through the folders that lead to them. Changes are seen from when the
 * function, or `update`, returns. Does not keep the process running.
 */
export function watchFiles(files: readonly string[], { debounce, onChange, onError }: WatchFilesOptions): FileWatch {
  const watchers = new Map<string, FSWatcher>();
  let points: WatchPoints = new Map();
  let timer: NodeJS.Timeout | undefined;
  const open = (folder: string): void => {
    try {
      const watcher = watch(folder, { persistent: false }, (_event, name) => {
        // Some platforms do not say what happened to whom.
        if (name === null || points.get(folder)?.has(name)) {
          clearTimeout(timer);
          timer = setTimeout(onChange, debounce);
        }
      });
      watcher.on('error', onError);
      watchers.set(folder, watcher);
    } catch (error) {
      onError(error);
    }
  };
  const closeAll = (): void => {
    watchers.forEach((watcher) => watcher.close());
    watchers.clear();
  };
  const update = (next: readonly string[]): void => {
    points = findWatchPoints(next);
    // All anew: a folder of the same name may be another one by now.
    closeAll();
    [...points.keys()].forEach(open);
  };
  update(files);
  return {
    update,
    close() {
      clearTimeout(timer);
      closeAll();
    },
  };
}
