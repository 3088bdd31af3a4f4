export { apiDocumentsServiceFactory } from './api-documents-service-factory.ts';
export { apiDocumentsServiceRef, type ApiDocumentsService } from './api-documents-service.ts';
export { ApiDocuments, type ApiDocumentsOptions } from './api-documents.ts';
export { mergeDocuments, type MergeOptions, type PluginDocument, type UnavailableDocument } from './merge-documents.ts';
export {
  RemoteDocuments,
  type RemoteDocument,
  type RemoteDocumentLimits,
  type RemoteQuestion,
} from './remote-documents.ts';
