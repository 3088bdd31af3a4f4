/**
 * Contracts at run time: what generated code says about operations, and the service that generated clients stand on.
 * Servers use `@bulkhead/openapi/server`, clients `@bulkhead/openapi/client`, which also loads in browsers.
 *
 * @packageDocumentation
 */

// What generated code says about operations
export type { Content, ContentKind, FormField } from './contract/content.ts';
export type { HttpMethod, Operation, Pagination, StatusKey } from './contract/operation.ts';
export type { Parameter, ParameterPart, ParameterShape, ParameterStyle, ScalarType } from './contract/parameter.ts';

// Calls from plugin to plugin
export { clientsServiceRef, type ClientsService } from './clients-service.ts';
