import { readFileSync, statSync } from 'node:fs';
import { isAbsolute, relative } from 'node:path';
import { parseYaml, type ParsedFile, type YamlModule } from './parse-yaml.ts';

/** A file's text, or why there is none. */
export type FileText =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'unreadable'; readonly missing: boolean; readonly reason: string };

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'it does not exist',
  ENOTDIR: 'it does not exist',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
  ELOOP: 'its symbolic links go round in circles',
};

/**
 * The files that one reading of the configuration touches: each is read and parsed once.
 *
 * Reads synchronously: it is a handful of small files, and nothing can change between two of them.
 */
export class FileStore {
  /** Every file that was asked for, readable or not, with what it looked like before it was read. Absolute paths. */
  readonly stamps = new Map<string, string>();
  readonly #yaml: YamlModule;
  readonly #texts = new Map<string, FileText>();
  readonly #parsed = new Map<string, ParsedFile>();

  constructor(yaml: YamlModule) {
    this.#yaml = yaml;
  }

  /** The text of a file. */
  read(file: string): FileText {
    let text = this.#texts.get(file);
    if (!text) {
      this.stamps.set(file, stampOf(file));
      text = readText(file);
      this.#texts.set(file, text);
    }
    return text;
  }

  /** The content of a file that {@link FileStore.read} could read. Its problems come with the first call only. */
  parse(file: string, text: string): ParsedFile {
    const known = this.#parsed.get(file);
    if (known) {
      return { root: known.root, problems: [] };
    }
    const parsed = parseYaml(this.#yaml, text, displayName(file));
    this.#parsed.set(file, parsed);
    return parsed;
  }
}

/** Tells whether a file has changed: its identity, size and time of change. */
export function stampOf(file: string): string {
  try {
    const { ino, size, mtimeNs } = statSync(file, { bigint: true });
    return `${ino} ${size} ${mtimeNs}`;
  } catch {
    return 'unreadable';
  }
}

function readText(file: string): FileText {
  try {
    return { type: 'text', text: readFileSync(file, 'utf8') };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    return { type: 'unreadable', missing: code === 'ENOENT' || code === 'ENOTDIR', reason: REASONS[code] ?? code };
  }
}

/** A file's name for messages: relative to the working folder if it is inside. */
export function displayName(file: string): string {
  const path = relative(process.cwd(), file);
  return path === '' || path.startsWith('..') || isAbsolute(path) ? file : path;
}
