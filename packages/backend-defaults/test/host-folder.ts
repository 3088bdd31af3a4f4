import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { PackageManifest } from '@bulkhead/config-loader';
import type { JsonObject } from '@bulkhead/types';

/** A package that the host depends on. */
export interface InstalledPackage {
  readonly name: string;
  readonly version?: string;
  readonly bulkhead: PackageManifest;
  readonly schema?: JsonObject;
}

/** A folder of a host with packages in its `node_modules`. */
export class HostFolder implements AsyncDisposable {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  static async create(packages: readonly InstalledPackage[]): Promise<HostFolder> {
    const folder = new HostFolder(await mkdtemp(join(tmpdir(), 'bulkhead-host-')));
    const dependencies = Object.fromEntries(packages.map(({ name }) => [name, '*']));
    await folder.write('package.json', { name: 'host', version: '1.0.0', bulkhead: { role: 'backend' }, dependencies });
    for (const { name, version = '1.2.3', bulkhead, schema } of packages) {
      await folder.write(`node_modules/${name}/package.json`, { name, version, bulkhead });
      if (schema) await folder.write(`node_modules/${name}/config.schema.json`, schema);
    }
    return folder;
  }

  async write(file: string, content: object): Promise<void> {
    const path = join(this.path, file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, JSON.stringify(content));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
  }
}
