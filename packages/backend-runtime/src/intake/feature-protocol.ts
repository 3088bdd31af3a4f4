import type { AnyServiceRef, BackendFeature, ExtensionPoint } from '@bulkhead/backend-plugin-api';

/** Why something that carries a protocol's mark is no feature, or only part of one. */
export interface FeatureFault {
  readonly type: 'fault';
  /**
   * `malformed`: a field is not what it must be. `unsupported`: of a version of the wire form that is not known.
   * `threw`: what the author wrote to register it failed; `cause` is what was thrown.
   */
  readonly kind: 'malformed' | 'unsupported' | 'threw';
  /** Says which field, what was expected and what is there. */
  readonly fault: string;
  /** Leads to the field. */
  readonly path?: readonly string[];
  readonly hint?: string;
  /** The plugin at fault, as far as the feature says so. */
  readonly pluginId?: string;
  /** The module at fault. */
  readonly moduleId?: string;
  readonly cause?: unknown;
}

/** The name of a service or extension point, as native features depend on it. */
export type FeatureRef = AnyServiceRef | ExtensionPoint<unknown>;

/** Turns what is written in another protocol into the native form. */
export interface FeatureTranslator {
  /**
   * Turns one feature into native ones. Runs what the author wrote to register it, so it is called once for each
   * installation.
   */
  translateFeature(feature: object): readonly (BackendFeature | FeatureFault)[];
  /** Turns the name of a service or extension point, which a native feature depends on, into the native one. */
  translateRef(ref: object): FeatureRef;
}

/** A wire form of features other than the native one. */
export interface FeatureProtocol {
  /** The `$$type`s of its features. */
  readonly features: readonly string[];
  /** The `$$type`s of its names of services and extension points. */
  readonly refs: readonly string[];
  /** Loads what translates them, on the first one that is met. */
  load(): Promise<FeatureTranslator>;
}
