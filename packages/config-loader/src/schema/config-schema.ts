import type { Problem } from '@bulkhead/errors';
import { invalidPackages } from '../errors.ts';
import type { DiscoveredPackage } from '../packages/discover-packages.ts';
import { displayName } from '../read/file-store.ts';
import {
  collectForeignSections,
  foreignKeys,
  hasForeign,
  isForeignSchema,
  type ForeignSections,
} from './foreign-sections.ts';
import { SchemaMerger } from './merge-schemas.ts';
import { normalizeSchema } from './normalize-schema.ts';
import { isSchemaNode, type SchemaNode } from './schema-node.ts';

/** A plugin that runs in the host. */
export interface InstalledPlugin {
  /** The id under which it runs, which is also its key in the configuration. */
  readonly pluginId: string;
  /** The plugin's own id, if it was installed under another one. */
  readonly of?: string;
}

/** What may stand in the configuration of a host. Made by {@link loadConfigSchema}. */
export interface ConfigSchema {
  /** A schema for each top-level key that a package describes. Instances of one plugin share theirs. */
  readonly sections: ReadonlyMap<string, SchemaNode>;
  /** Top-level keys that must be there. */
  readonly required: readonly string[];
  /** Top-level keys whose section is checked as an empty one if it is not there. */
  readonly expected: readonly string[];
  /** Every top-level key that belongs to something, described or not. */
  readonly known: ReadonlySet<string>;
  /**
   * What packages made for Backstage say: which keys there are, and who may see them. Not there without such packages.
   * What does not fit them is a warning, since Backstage does not hold a configuration against them either.
   */
  readonly foreign?: ForeignSections;
}

/** What {@link loadConfigSchema} needs to know besides the packages. */
export interface ConfigSchemaOptions {
  /** What runs in the host. Default: each plugin among the packages, under its own id. */
  readonly installed?: readonly InstalledPlugin[];
  /** Further top-level keys that belong to something. */
  readonly knownKeys?: readonly string[];
}

/**
 * Puts the schemas of all packages together.
 *
 * The schema of a plugin, and of its modules, describes the *section* under the plugin's id, so it serves an instance
 * under another id as well. That of any other package describes the whole tree. Where several describe the same
 * section, all of them count.
 *
 * @throws ProblemsError `ERR_CONFIG_PACKAGES` with every fault in the schemas and every contradiction between them
 */
export function loadConfigSchema(
  packages: readonly DiscoveredPackage[],
  { installed, knownKeys = [] }: ConfigSchemaOptions = {},
): ConfigSchema {
  const ownIds = [...new Set(packages.filter(isPlugin).map(({ manifest }) => manifest.pluginId!))];
  const plugins: readonly InstalledPlugin[] = installed ?? ownIds.map((pluginId) => ({ pluginId }));
  const collector = new SchemaCollector();
  const tree = collector.collectTree(packages);
  const byPlugin = collector.collectByPlugin(packages);
  const sections = new Map(Object.entries(tree.properties ?? {}).filter(([, schema]) => isSchemaNode(schema)));
  // A plugin that is a dependency but does not run keeps its section, which is checked if it is there.
  const idle = ownIds
    .filter((id) => !plugins.some(({ pluginId }) => pluginId === id))
    .map((pluginId) => ({ pluginId }));
  for (const { pluginId, of = pluginId } of [...plugins, ...idle] as readonly InstalledPlugin[]) {
    const schema = byPlugin.get(of);
    const described = sections.get(pluginId);
    if (schema) {
      sections.set(pluginId, described ? collector.merger.merge(described, schema, pluginId) : schema);
    }
  }
  collector.throwProblems();
  const foreign = hasForeign(packages) ? collectForeignSections(packages) : undefined;
  const pluginIds = plugins.map(({ pluginId }) => pluginId);
  return {
    sections,
    required: tree.required ?? [],
    expected: pluginIds.filter((id) => (sections.get(id)?.required?.length ?? 0) > 0),
    known: new Set([
      ...[...sections.keys(), ...ownIds, ...pluginIds, ...knownKeys],
      ...[...(foreign?.keys() ?? []), ...foreignKeys(packages)],
    ]),
    ...(foreign && { foreign }),
  };
}

function isPlugin({ manifest }: DiscoveredPackage): boolean {
  return manifest.role === 'backend-plugin' && manifest.pluginId !== undefined;
}

/** Normalises the schemas of packages and joins them. */
class SchemaCollector {
  readonly merger = new SchemaMerger();
  readonly #problems: Problem[] = [];

  /** What packages that belong to no plugin say of the whole tree. */
  collectTree(packages: readonly DiscoveredPackage[]): SchemaNode {
    const owners = packages.filter(({ manifest }) => manifest.pluginId === undefined);
    const trees = owners.flatMap((owner) =>
      this.#normalize(owner).map(({ properties = {}, required = [] }) => ({ properties, required })),
    );
    return trees.reduce<SchemaNode>((merged, tree) => this.merger.merge(merged, tree, ''), {});
  }

  /** What the packages of each plugin say of its section. */
  collectByPlugin(packages: readonly DiscoveredPackage[]): ReadonlyMap<string, SchemaNode> {
    const sections = new Map<string, SchemaNode>();
    for (const owner of packages) {
      const { pluginId } = owner.manifest;
      if (pluginId === undefined) {
        continue;
      }
      for (const schema of this.#normalize(owner)) {
        const section: SchemaNode = { ...unwrap(schema, pluginId), 'x-packages': [owner.name] };
        const known = sections.get(pluginId);
        sections.set(pluginId, known ? this.merger.merge(known, section, pluginId) : section);
      }
    }
    return sections;
  }

  throwProblems(): void {
    const problems = [...this.#problems, ...this.merger.problems];
    if (problems.length > 0) {
      throw invalidPackages(problems);
    }
  }

  #normalize({ name, schemas }: DiscoveredPackage): readonly SchemaNode[] {
    const native = schemas.filter((schema) => !isForeignSchema(schema));
    return native.map(({ schema, file }) => {
      const normalized = normalizeSchema(schema, displayName(file), name);
      this.#problems.push(...normalized.problems);
      return normalized.schema;
    });
  }
}

/** A file whose only property is the plugin's id describes the tree, as schemas do elsewhere: its section is meant. */
function unwrap(schema: SchemaNode, pluginId: string): SchemaNode {
  const keys = Object.keys(schema.properties ?? {});
  const section = keys.length === 1 && keys[0] === pluginId ? schema.properties?.[pluginId] : undefined;
  return section && isSchemaNode(section) ? section : schema;
}
