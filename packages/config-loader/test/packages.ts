import type { DiscoveredPackage, PackageManifest, SchemaNode } from '../src/index.ts';

/** A package with one schema, as it would have been discovered. */
export function packageWith(name: string, manifest: PackageManifest, schema: object): DiscoveredPackage {
  const dir = `/pkg/${name}`;
  return {
    name,
    version: '1.0.0',
    dir,
    manifest,
    schemas: [{ file: `${dir}/config.schema.json`, schema: schema as SchemaNode }],
  };
}
