/**
 * Features in Backstage's wire form, translated into native ones.
 *
 * @packageDocumentation
 */

export { translateBackstageFeature, type FeatureFault } from './translate/feature.ts';
export { FEATURE_MARK } from './wire/wire.ts';
