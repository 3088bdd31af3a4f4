import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { executionContext } from '@bulkhead/backend-plugin-api';
import { isErrorLike } from '@bulkhead/errors';

/** A plugin, and where its author defined it. */
export interface AttributablePlugin {
  readonly pluginId: string;
  /** `file:line:column`, if known. */
  readonly declaredAt?: string;
  /** Its npm package, where that tells more. */
  readonly package?: { readonly folder?: string };
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
    for (const file of filesOfStack(withoutMessage(error.stack, error.message))) {
      const owner = packages.get(packageFolderOf(file));
      if (owner !== undefined) return owner;
    }
    return undefined;
  };
}

/** Which plugin a package belongs to; `undefined` for a package with several plugins or several instances. */
function indexPackages(plugins: readonly AttributablePlugin[]): Map<string, string | undefined> {
  const packages = new Map<string, string | undefined>();
  for (const plugin of plugins) {
    const { pluginId, declaredAt } = plugin;
    const file = declaredAt?.replace(/:\d+:\d+$/, '');
    const folder = file === undefined ? plugin.package?.folder : packageFolderOf(file);
    if (folder === undefined) continue;
    packages.set(folder, packages.has(folder) ? undefined : pluginId);
  }
  return packages;
}

const FRAME = /^ +at (?:async )?/;

/** No file system has longer paths. */
const LONGEST_FRAME = 5_000;

/** The frames alone: a message can look like frames, and be as long as some client likes. */
function withoutMessage(stack: string, message: unknown): string {
  const at = typeof message === 'string' ? stack.indexOf(message) : -1;
  return at < 0 ? stack : stack.slice(at + String(message).length);
}

/** The files along a stack, innermost frame first. */
function* filesOfStack(stack: string): Generator<string> {
  for (const line of stack.split('\n')) {
    const file = line.length <= LONGEST_FRAME && FRAME.test(line) ? fileOfFrame(line) : undefined;
    if (file !== undefined) yield file;
  }
}

function fileOfFrame(line: string): string | undefined {
  const location = line.endsWith(')') ? line.slice(line.lastIndexOf('(') + 1, -1) : line.replace(FRAME, '');
  const file = location.slice(0, location.lastIndexOf(':', location.lastIndexOf(':') - 1));
  if (file.startsWith('file://')) return pathOfUrl(file);
  return isAbsolute(file) ? file : undefined;
}

function pathOfUrl(url: string): string | undefined {
  try {
    return fileURLToPath(url);
  } catch {
    return undefined;
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
