/** A plugin that calls the notes plugin, on behalf of whoever asks. */
import { coreServices, createBackendPlugin } from '@bulkhead/backend-plugin-api';
import express from 'express';
import { notesClientRef } from './notes-client.ts';

export const reminderPlugin = createBackendPlugin({
  pluginId: 'reminder',
  register(env) {
    env.registerInit({
      deps: { httpAuth: coreServices.httpAuth, http: coreServices.httpRouter, notes: notesClientRef },
      async init({ httpAuth, http, notes: client }) {
        const router = express.Router();
        router.get('/', async (req, res) => {
          const credentials = await httpAuth.credentials(req, { allow: ['user'] });
          const { notes } = await client.listNotes({}, { credentials });
          res.json({ reminder: notes.length === 0 ? 'Nothing to do' : `Think of: ${notes.join(', ')}` });
        });
        http.use(router);
      },
    });
  },
});
