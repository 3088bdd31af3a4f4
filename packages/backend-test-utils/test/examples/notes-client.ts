/** What the generator would write for a contract of the notes plugin. */
import { createServiceFactory, createServiceRef } from '@bulkhead/backend-plugin-api';
import { clientsServiceRef } from '@bulkhead/openapi';
import { createClientClass, type CalledOperation, type CallOptions, type ClientClass } from '@bulkhead/openapi/client';

export interface NotesClient {
  readonly responses: {
    listNotes(
      request?: object,
      options?: CallOptions,
    ): Promise<{ readonly status: 200; readonly body: { readonly notes: readonly string[] } }>;
  };
  listNotes(request?: object, options?: CallOptions): Promise<{ readonly notes: readonly string[] }>;
  createNote(request: { readonly body: { readonly text: string } }, options?: CallOptions): Promise<{ text: string }>;
}

const JSON_CONTENT = [{ mediaType: 'application/json', kind: 'json' }] as const;

const operations: readonly CalledOperation[] = [
  { operationId: 'listNotes', method: 'GET', path: '/', parameters: [], responses: { 200: JSON_CONTENT } },
  {
    operationId: 'createNote',
    method: 'POST',
    path: '/',
    parameters: [],
    body: { required: true, contents: JSON_CONTENT },
    responses: { 201: JSON_CONTENT },
  },
];

export const NotesClient: ClientClass<NotesClient> = createClientClass<NotesClient>('NotesClient', operations);

export const notesClientRef = createServiceRef<NotesClient>({
  id: 'notes.client',
  defaultFactory: async (service) =>
    createServiceFactory({
      service,
      deps: { clients: clientsServiceRef },
      factory: ({ clients }) => new NotesClient(clients.connect('notes')),
    }),
});
