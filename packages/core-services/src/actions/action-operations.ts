import type { CalledOperation } from '@bulkhead/openapi/client';

const JSON_CONTENT = { mediaType: 'application/json', kind: 'json' } as const;
const responses: CalledOperation['responses'] = { '200': [JSON_CONTENT] };

/** How a plugin is asked for its actions. */
export const listOperation: CalledOperation = {
  operationId: 'listActions',
  method: 'GET',
  path: '/.backstage/actions/v1/actions',
  parameters: [],
  responses,
};

/** How a plugin is told to do something; the body is the input. */
export const invokeOperation: CalledOperation = createInvokeOperation('v1');

/** The same with secrets; the body is `{ input, secrets }`. Hosts that know no secrets do not know it either. */
export const invokeWithSecretsOperation: CalledOperation = createInvokeOperation('v2');

function createInvokeOperation(version: string): CalledOperation {
  return {
    operationId: 'invokeAction',
    method: 'POST',
    path: `/.backstage/actions/${version}/actions/{id}/invoke`,
    parameters: [
      {
        name: 'id',
        part: 'path',
        style: 'simple',
        explode: false,
        required: true,
        shape: { type: 'scalar', scalars: ['string'] },
      },
    ],
    body: { required: false, contents: [JSON_CONTENT] },
    responses,
  };
}
