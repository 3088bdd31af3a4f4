import { pluginTwice, sameAddress } from './errors.ts';
import type { TopologyProblems } from './read-topology.ts';

/** Finds what may be there once and is there twice: plugins, and addresses of processes. */
export class OverlapFinder {
  readonly #problems: TopologyProblems;
  /** By plugin and by address the process that was first. */
  readonly #plugins = new Map<string, string>();
  readonly #addresses = new Map<string, string>();

  constructor(problems: TopologyProblems) {
    this.#problems = problems;
  }

  /** Process `name` names a plugin at `path`. */
  addPlugin(path: readonly string[], pluginId: string, name: string): void {
    const { at, add } = this.#problems;
    const other = this.#plugins.get(pluginId);
    if (other === undefined) this.#plugins.set(pluginId, name);
    else add(pluginTwice(at(path), pluginId, [other, name]));
  }

  /** Process `name` is to be reached at a URL, which stands at `path`. */
  addUrl(path: readonly string[], url: URL, name: string): void {
    const { at, add } = this.#problems;
    const address = addressOf(url);
    const other = this.#addresses.get(address);
    if (other === undefined) this.#addresses.set(address, name);
    else add(sameAddress(at(path), name, other));
  }
}

/** Host and port. The names of this machine itself are one. */
function addressOf({ hostname, port, protocol }: URL): string {
  const host = /^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(hostname) ? 'localhost' : hostname;
  return `${host}:${port || (protocol === 'https:' ? 443 : 80)}`;
}
