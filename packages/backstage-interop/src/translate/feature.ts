import type { BackendFeature } from '@bulkhead/backend-plugin-api';
import type { WireLoader, WireRegistration, WireServiceFactory } from '../wire/wire.ts';
import { translateLoader } from './loader.ts';
import { translateRegistration } from './registrations.ts';
import { translateServiceFactory } from './service-factory.ts';

/** Why something that is marked as a feature is none, or only part of one. */
export interface FeatureFault {
  readonly type: 'fault';
  /** Says which field, what was expected and what is there; or, with a cause, that the registration failed. */
  readonly fault: string;
  readonly pluginId?: string;
  readonly moduleId?: string;
  /** What the author's `register` threw. */
  readonly cause?: unknown;
}

/**
 * Translates a feature that is marked `@backstage/BackendFeature` into native ones: one for each plugin and module that it
 * registers. Runs the author's `register`: call it once for each installation.
 */
export function translateBackstageFeature(feature: object): readonly (BackendFeature | FeatureFault)[] {
  if ('service' in feature) return [translateServiceFactory(feature as WireServiceFactory)];
  if ('loader' in feature) return [translateLoader(feature as WireLoader)];
  const { getRegistrations } = feature as { getRegistrations(): readonly WireRegistration[] };
  let registrations: readonly WireRegistration[];
  try {
    registrations = getRegistrations();
  } catch (error) {
    return [{ type: 'fault', fault: 'its register function failed', cause: error }];
  }
  return registrations.map(translateRegistration);
}
