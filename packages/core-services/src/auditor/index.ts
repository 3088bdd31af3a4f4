/**
 * Records who did what.
 *
 * @packageDocumentation
 */

export { auditorServiceFactory } from './auditor-service-factory.ts';
export { DefaultAuditorService, type AuditorOptions } from './default-auditor-service.ts';
