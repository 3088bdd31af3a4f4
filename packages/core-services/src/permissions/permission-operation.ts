import type { CalledOperation } from '@bulkhead/openapi/client';

/** The plugin that holds the policy. */
export const PERMISSION_PLUGIN = 'permission';

const JSON_CONTENT = { mediaType: 'application/json', kind: 'json' } as const;

/** How the plugin is asked. It is published, and has no contract. */
export const authorizeOperation: CalledOperation = {
  operationId: 'authorize',
  method: 'POST',
  path: '/authorize',
  parameters: [],
  // Whether it answers to nobody is for the plugin to say.
  isPublic: true,
  body: { required: true, contents: [JSON_CONTENT] },
  responses: { '200': [JSON_CONTENT] },
};
