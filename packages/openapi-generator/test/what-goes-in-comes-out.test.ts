import { afterEach, expect, it, jest } from '@jest/globals';
import { createBackendPlugin, coreServices } from '@bulkhead/backend-plugin-api';
import { startTestBackend } from '@bulkhead/backend-test-utils';
import { createClientClass, createConnection, type CalledOperation } from '@bulkhead/openapi/client';
import { createRoutes, type ServedOperation } from '@bulkhead/openapi/server';
import fc from 'fast-check';
import { emitClientModules } from '../src/emit/client/emit-client.ts';
import { emitServer } from '../src/emit/server/emit-server.ts';
import type { ContractModel } from '../src/model/contract-model.ts';
import { createTypeWriter } from '../src/types/create-type-writer.ts';
import { contract, modelOf } from './contracts.ts';
import { loadModule } from './load-module.ts';
import { operations, type OperationSample, type Sent } from './round-trip/operations.ts';
import { COMPONENTS } from './round-trip/values.ts';

// A dozen contracts are generated, served and called: ten seconds on a machine that is not busy otherwise.
jest.setTimeout(180_000);

type Client = Readonly<Record<string, (request: Sent) => Promise<unknown>>>;

const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

/** A contract of operations that answer the body they got. */
function contractWith(samples: readonly OperationSample[]): object {
  const paths = samples.map(({ parameters, content }, index) => {
    const names = (parameters as readonly { in: string; name: string }[]).filter((each) => each.in === 'path');
    const path = [`/o|${index}`, ...names.map(({ name }) => `{${name}}`)].join('/');
    const operation = {
      operationId: `operate${index}`,
      parameters,
      ...(content && { requestBody: { required: true, content } }),
      responses: content ? { 200: { description: 'The same', content } } : { 204: { description: 'Nothing' } },
    };
    return [path, { post: operation }];
  });
  return contract(Object.fromEntries(paths), { schemas: COMPONENTS });
}

/** The table of operations in a generated module, which is all there is to it but types. */
function tableOf<TOperation>(text: string, modules: Readonly<Record<string, unknown>>): readonly TOperation[] {
  const table = /^const operations: readonly \w+\[\] = (\[.*?^\]);$/ms.exec(text)![1]!;
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- what is generated is what is under test
  const evaluate = new Function(...Object.keys(modules), `return ${table}`) as (
    ...given: unknown[]
  ) => readonly TOperation[];
  return evaluate(...Object.values(modules));
}

/** Serves a contract by generated code, and calls it by generated code. */
async function connect(model: ContractModel, received: Sent[]): Promise<Client> {
  const server = await emitServer(model, createTypeWriter(model, { input: 'parsed' }));
  const client = await emitClientModules(model, createTypeWriter(model, { input: 'request' }));
  const validators = server.has('validators.ts') ? loadModule(server.get('validators.ts')!) : {};
  const served = tableOf<ServedOperation>(server.get('routes.ts')!, { validators });
  const handle = ({ path, query, headers, cookies, body }: Sent): object => {
    received.push({ path, query, headers, cookies, body });
    return body === undefined ? { status: 204 } : { status: 200, body };
  };
  const routes = createRoutes(
    { operations: served, document: () => ({}) },
    Object.fromEntries(served.map(({ operationId }) => [operationId, handle])),
  );
  const plugin = createBackendPlugin({
    pluginId: 'todo',
    register(env) {
      env.registerInit({
        deps: { httpRouter: coreServices.httpRouter },
        init: async ({ httpRouter }) => httpRouter.serve(routes),
      });
    },
  });
  const backend = await startTestBackend({ features: [plugin] });
  stops.push(() => backend.stop());
  const Class = createClientClass<Client>('TodoClient', tableOf<CalledOperation>(client.get('client.ts')!, {}));
  return new Class(createConnection({ baseUrl: `${backend.url}/api/todo`, policy: { retries: 0 } }));
}

it('unchanged, whatever the contract, from the caller to the handler and back', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(operations, { minLength: 15, maxLength: 15 }), async (samples) => {
      const received: Sent[] = [];
      const client = await connect(modelOf(contractWith(samples)), received);

      for (const [index, { requests }] of samples.entries()) {
        for (const sent of requests) {
          const answer = await client[`operate${index}`]!(sent);

          expect(received.pop()).toEqual(sent);
          expect(answer).toEqual(sent.body);
        }
      }
    }),
    { numRuns: 12, endOnFailure: true },
  );
});
