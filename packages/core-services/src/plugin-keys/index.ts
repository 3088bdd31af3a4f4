/**
 * The keys with which plugins sign the tokens that they call each other with.
 *
 * @packageDocumentation
 */

export { pluginKeysServiceFactory } from './plugin-keys-service-factory.ts';
export { pluginKeysServiceRef, type PluginKeysService, type SigningKey } from './plugin-keys-service.ts';
export { PLUGIN_JWKS_PATH } from './jwks-endpoint.ts';
export type { VerificationKey } from './verification-key.ts';
