/**
 * The actions of all plugins.
 *
 * @packageDocumentation
 */

export { actionsServiceFactory } from './actions-service-factory.ts';
export { DefaultActionsService, type DefaultActionsServiceOptions } from './default-actions-service.ts';
