/**
 * The whole configuration.
 *
 * @packageDocumentation
 */

export {
  createRootConfigServiceFactory,
  rootConfigServiceFactory,
  type RootConfigServiceFactoryOptions,
} from './root-config-service-factory.ts';
export { attachCompanion, companionOf, type ConfigCompanion, type ConfigNotice } from './config-companion.ts';
