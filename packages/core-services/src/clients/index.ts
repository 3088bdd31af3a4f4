export { clientsServiceFactory } from './clients-service-factory.ts';
export { DefaultClientsService, type DefaultClientsServiceOptions } from './default-clients-service.ts';
export { clientsServiceRef, type ClientsService } from '@bulkhead/openapi';
