import type { BackendFeature } from '@bulkhead/backend-plugin-api';

/** Why something that carries a protocol's mark is no feature, or only part of one. */
export interface FeatureFault {
  readonly type: 'fault';
  /** Says which field, what was expected and what is there. */
  readonly fault: string;
  readonly pluginId?: string;
  readonly moduleId?: string;
  /** What the author's code threw. */
  readonly cause?: unknown;
}

/**
 * Turns one feature of another protocol into native ones. Runs what the author wrote to register it, so it is called once for
 * each installation.
 */
export type FeatureTranslator = (feature: object) => readonly (BackendFeature | FeatureFault)[];

/** A wire form of features other than the native one. */
export interface FeatureProtocol {
  /** The `$$type` of its features. */
  readonly mark: string;
  /** Loads what translates them, on the first one that is met. */
  load(): Promise<FeatureTranslator>;
}
