/**
 * Features in Backstage's wire form, translated into native ones.
 *
 * @packageDocumentation
 */

// Features
export { translateBackstageFeature } from './translate/feature.ts';
export type { DeclaredOwner, FeatureFault } from './translate/fault.ts';

// Names of services and extension points
export { translateRef } from './translate/refs.ts';

// For assemblies
export {
  translateExtensionPointMiddleware,
  type TranslatedMiddleware,
} from './translate/extension-point-middleware.ts';
