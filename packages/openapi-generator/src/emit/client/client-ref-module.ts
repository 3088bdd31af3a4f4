import type { ContractModel } from '../../model/contract-model.ts';
import { GENERATED_NOTICE } from '../generated-notice.ts';
import { nameContract } from '../operation-names.ts';
import type { TypeWriter } from '../type-writer.ts';

/** The module with the service ref of the client, through which plugins get it. */
export function emitClientRef(model: ContractModel, types: TypeWriter): string {
  const { name, pluginId } = model;
  const { client } = nameContract(model, types.names);
  const ref = `${name.charAt(0).toLowerCase()}${name.slice(1)}ClientRef`;
  return `${GENERATED_NOTICE}
import { createServiceFactory, createServiceRef, type ServiceRef } from '@bulkhead/backend-plugin-api';
import { clientsServiceRef } from '@bulkhead/openapi';
import { ${client} } from './client.ts';

/** The client of the plugin \`${pluginId}\`, wherever it runs. */
export const ${ref}: ServiceRef<${client}, 'plugin', 'singleton'> = create${name}ClientRef('${pluginId}');

/** The client of the same plugin, installed under an id of its own. Make one ref per id, and share it. */
export function create${name}ClientRef(pluginId: string): ServiceRef<${client}, 'plugin', 'singleton'> {
  return createServiceRef<${client}>({
    id: \`\${pluginId}.client\`,
    defaultFactory: async (service) =>
      createServiceFactory({
        service,
        deps: { clients: clientsServiceRef },
        factory: ({ clients }) => new ${client}(clients.connect(pluginId)),
      }),
  });
}
`;
}
