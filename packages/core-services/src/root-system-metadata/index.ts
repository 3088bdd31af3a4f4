export { rootSystemMetadataServiceFactory } from './root-system-metadata-service-factory.ts';
export { DefaultRootSystemMetadataService } from './default-root-system-metadata-service.ts';
