export { clientsServiceRef } from '@bulkhead/openapi';
