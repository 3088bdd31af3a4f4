import type { Owner } from '../problems/plan-problem.ts';

/** The npm package that something came from. */
export interface FeaturePackage {
  readonly name: string;
  readonly version: string;
  /** Where it is installed: an absolute path. */
  readonly folder?: string;
  /** The plugin that the package is, or that its module extends, as far as its manifest says. */
  readonly pluginId?: string;
  /** The module that the package is. */
  readonly moduleId?: string;
  /** Packages that its manifest names as belonging together with it. */
  readonly relatives?: readonly string[];
}

/**
 * Finds out which package something came from. Asked only when a problem is reported, since finding out is costly;
 * must not throw.
 */
export interface PackageFinder {
  /**
   * The package that made a feature.
   *
   * @param owner - the plugin or module that it is, if that is known.
   */
  ofFeature(feature: unknown, owner?: Owner): FeaturePackage | undefined;
  /** The package that names a service. */
  ofServiceRef(id: string): FeaturePackage | undefined;
}

/** Remembers what was found for a feature, so that all of its problems name the same package. */
export function packageOf(
  finder: PackageFinder | undefined,
  feature: unknown,
): ((owner?: Owner) => FeaturePackage | undefined) | undefined {
  if (!finder) return undefined;
  let found: FeaturePackage | undefined;
  return (owner) => (found ??= finder.ofFeature(feature, owner));
}
