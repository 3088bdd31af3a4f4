import { existsSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { executionContext } from '@bulkhead/backend-plugin-api';
import { isErrorLike } from '@bulkhead/errors';

/** A plugin, and where its author defined it. */
export interface AttributablePlugin {
  readonly pluginId: string;
  /** `file:line:column`, if known. */
  readonly declaredAt?: string;
}

/**
 * Finds the plugin in which an error arose: the one in whose execution context the code runs, or, where the context
 * has been lost (a callback of an emitter that others own), the one whose package the stack leads to.
 *
 * @param plugins - asked for only when a context has been lost.
 */
export function createFaultAttribution(
  plugins: () => readonly AttributablePlugin[],
): (error: unknown) => string | undefined {
  let indexed: readonly AttributablePlugin[] = [];
  let packages: ReadonlyMap<string, string | undefined> = new Map();
  return (error) => {
    const pluginId = executionContext.current()?.pluginId;
    if (pluginId !== undefined) return pluginId;
    if (!isErrorLike(error) || typeof error.stack !== 'string') return undefined;
    if (indexed !== plugins()) {
      indexed = plugins();
      packages = indexPackages(indexed);
    }
    for (const file of filesOfStack(error.stack)) {
      const owner = packages.get(packageFolderOf(file));
      if (owner !== undefined) return owner;
    }
    return undefined;
  };
}

/** Which plugin a package belongs to; `undefined` for a package with several plugins or several instances. */
function indexPackages(plugins: readonly AttributablePlugin[]): Map<string, string | undefined> {
  const packages = new Map<string, string | undefined>();
  for (const { pluginId, declaredAt } of plugins) {
    const file = declaredAt?.replace(/:\d+:\d+$/, '');
    if (file === undefined) continue;
    const folder = packageFolderOf(file);
    packages.set(folder, packages.has(folder) ? undefined : pluginId);
  }
  return packages;
}

/** The files along a stack, innermost frame first. */
function* filesOfStack(stack: string): Generator<string> {
  for (const [, location = ''] of stack.matchAll(/\(?((?:file:\/\/|\/|[A-Za-z]:\\)[^()\n]*):\d+:\d+\)?$/gm)) {
    yield location.startsWith('file://') ? fileURLToPath(location) : location;
  }
}

/** The folder of the nearest package.json above a file. */
function packageFolderOf(file: string): string {
  let folder = dirname(file);
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder && !folder.endsWith(sep)) {
    folder = dirname(folder);
  }
  return folder;
}
