import { cp, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Beside the plugins, npm installs copies of this repository's packages, as in a host that takes everything from the
 * registry: what host and plugins both need is there once. This puts what has been built since in their place.
 *
 * @param tree - the root of the repository that is measured
 */
export async function refreshOwnPackages(tree: string): Promise<void> {
  const installed = join(tree, 'benchmarks/hosts/published/node_modules/@bulkhead');
  await Promise.all(
    (await readdir(installed)).map((name) => refresh(join(tree, 'packages', name), join(installed, name))),
  );
}

/** Copies what a package publishes; what it needs was installed inside of the copy, and stays. */
async function refresh(from: string, to: string): Promise<void> {
  const { files } = JSON.parse(await readFile(join(from, 'package.json'), 'utf8')) as { readonly files: string[] };
  const published = ['package.json', ...files.filter((file) => !file.startsWith('!'))];
  for (const file of published) {
    await rm(join(to, file), { recursive: true, force: true });
    await cp(join(from, file), join(to, file), { recursive: true });
  }
}
