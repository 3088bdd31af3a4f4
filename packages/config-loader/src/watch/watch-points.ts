import { lstatSync, readlinkSync } from 'node:fs';
import { dirname, join, parse, resolve, sep } from 'node:path';

/** Folders to watch, each with the names in it that matter. */
export type WatchPoints = ReadonlyMap<string, ReadonlySet<string>>;

/** As many symbolic links as Linux follows. */
const MAX_LINKS = 40;

/**
 * Where something has to happen for the content of a file to change: in its folder, and wherever a symbolic link on
 * the way to it stands. So a file is seen when it is replaced by renaming, which editors do, when a link to a whole
 * folder is switched, which Kubernetes does, and when it or its folder comes into being.
 */
export function findWatchPoints(files: readonly string[]): WatchPoints {
  const points = new Map<string, Set<string>>();
  for (const file of files) {
    for (const place of placesOnTheWay(file)) {
      const folder = dirname(place);
      points.set(folder, (points.get(folder) ?? new Set()).add(place.slice(join(folder, sep).length)));
    }
  }
  return points;
}

/** The file itself behind all links, the links on the way, and the first thing that is not there. */
function placesOnTheWay(file: string): readonly string[] {
  const places: string[] = [];
  const { root } = parse(file);
  let rest = file.slice(root.length).split(sep);
  let reached = root;
  while (rest.length > 0 && places.length < MAX_LINKS) {
    const [name = '', ...further] = rest;
    const place = join(reached, name);
    const kind = kindOf(place);
    if (kind === 'link') {
      places.push(place);
      const target = resolve(reached, readlinkSync(place));
      rest = [...target.slice(root.length).split(sep), ...further];
      reached = root;
    } else if (kind === 'missing' || further.length === 0) {
      return [...places, place];
    } else {
      reached = place;
      rest = further;
    }
  }
  return places;
}

function kindOf(path: string): 'link' | 'missing' | 'other' {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (!stats) {
    return 'missing';
  }
  return stats.isSymbolicLink() ? 'link' : 'other';
}
