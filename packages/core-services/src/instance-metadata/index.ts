export { instanceMetadataServiceFactory } from './instance-metadata-service-factory.ts';
export {
  instanceMetadataServiceRef,
  type InstalledFeature,
  type InstanceMetadataService,
} from './instance-metadata-service.ts';
