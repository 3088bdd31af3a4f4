import { it } from '@jest/globals';
import { startTestBackend } from '@bulkhead/backend-test-utils';
import { openPlugin } from './foreign-plugin.ts';

// Alone in its file: any router that comes before has its copy of Express mended for all.
it('is answered when the plugin has no router at all', async () => {
  const { anonymous } = await startTestBackend({
    features: [
      openPlugin('todo', async () => {
        throw new Error('broken');
      }),
    ],
  });
  await anonymous.get('/api/todo').expect(500);
});
