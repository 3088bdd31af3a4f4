/** Every layer a package can be in, from the bottom up. */
export const layerNames = [
  'foundation',
  'contract',
  'library',
  'runtime',
  'service',
  'assembly',
  'testing',
  'plugin-common',
  'plugin-node',
  'plugin',
  'tooling',
  'app',
] as const;

/** The layer that a package names in its `package.json`: `"bulkhead": { "layer": "…" }`. */
export type LayerName = (typeof layerNames)[number];

/** What holds for the packages of one layer. */
export interface Layer {
  /** Layers that its sources may import. */
  readonly imports: readonly LayerName[];
  /** Layers that its test files may import on top of those. */
  readonly tests: readonly LayerName[];
  /** How many third-party runtime dependencies a package may have; no limit when left out. */
  readonly maxThirdParty?: number;
}

const belowPlugins = ['foundation', 'contract', 'library', 'runtime', 'service', 'assembly'] as const;

/**
 * The layer table: which layer may import which. The one place where it stands as data; the lint rule, the
 * TypeScript project references and the check of the manifests are all derived from it.
 */
export const layers: Readonly<Record<LayerName, Layer>> = {
  foundation: { imports: ['foundation'], tests: [], maxThirdParty: 0 },
  contract: { imports: ['foundation'], tests: [], maxThirdParty: 0 },
  library: { imports: ['foundation', 'contract'], tests: [] },
  runtime: { imports: ['foundation', 'contract'], tests: [], maxThirdParty: 2 },
  service: { imports: ['foundation', 'contract', 'library'], tests: ['testing'] },
  assembly: { imports: ['foundation', 'contract', 'library', 'runtime', 'service'], tests: [] },
  testing: { imports: belowPlugins, tests: [] },
  'plugin-common': { imports: ['foundation'], tests: [] },
  'plugin-node': { imports: ['foundation', 'contract', 'library', 'plugin-common'], tests: [] },
  plugin: { imports: ['foundation', 'contract', 'library', 'plugin-common', 'plugin-node'], tests: ['testing'] },
  tooling: { imports: [...belowPlugins, 'testing', 'plugin-common', 'plugin-node', 'tooling'], tests: ['testing'] },
  app: { imports: [...belowPlugins, 'plugin-common', 'plugin-node', 'plugin', 'app'], tests: ['testing'] },
};

/** Whether a string from a manifest names a layer. */
export function isLayerName(name: string): name is LayerName {
  return (layerNames as readonly string[]).includes(name);
}

/**
 * The layers that a package of `layer` may import.
 *
 * @param options.test - whether the importing file is a test
 */
export function allowedLayers(layer: LayerName, options: { test: boolean }): readonly LayerName[] {
  const { imports, tests } = layers[layer];
  return options.test ? [...new Set([...imports, ...tests])] : imports;
}
