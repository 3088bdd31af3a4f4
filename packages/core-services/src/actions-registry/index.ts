/**
 * What a plugin lets others do by name.
 *
 * @packageDocumentation
 */

export { actionsRegistryServiceFactory } from './actions-registry-service-factory.ts';
export {
  DefaultActionsRegistryService,
  type DefaultActionsRegistryServiceOptions,
  type RegistryInvocation,
} from './default-actions-registry-service.ts';
