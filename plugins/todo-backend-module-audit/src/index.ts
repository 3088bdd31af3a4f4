/**
 * Records every change to a todo through the audit log.
 *
 * @packageDocumentation
 */

export { todoAuditModule as default } from './module.ts';
