import type { ContractModel, OperationModel } from '../../model/contract-model.ts';
import { GENERATED_NOTICE } from '../generated-notice.ts';
import { Imports } from '../imports.ts';
import { nameContract, nameOperations } from '../operation-names.ts';
import { declareType, docComment, propertyKey } from '../source-text.ts';
import type { TypeWriter } from '../type-writer.ts';
import { requestType } from '../types/request-type.ts';
import { responseType } from '../types/response-type.ts';
import type { TypeContext } from '../types/type-context.ts';

/** The module with the types of what handlers take and give. */
export function emitServerTypes(model: ContractModel, types: TypeWriter): string {
  const imports = new Imports(types.names);
  const context: TypeContext = { side: 'server', types, named: model.schemas, imports };
  const names = nameOperations(model, types.names);
  const operations = model.operations.map((operation) => {
    const { request, response } = names.get(operation)!;
    return `/** What \`${operation.operationId}\` takes. */
${declareType(request, requestType(operation, context))}

/** What \`${operation.operationId}\` may answer. */
${declareType(response, responseType(operation, context))}
`;
  });
  const handlers = model.operations.map((operation) => {
    const { request, response } = names.get(operation)!;
    const handler = imports.use('@bulkhead/openapi/server', 'Handler');
    const type = `${handler}<${request}, ${response}, ${callerType(operation, imports)}>`;
    return `${docComment(operation)}readonly ${propertyKey(operation.operationId)}: ${type};`;
  });
  return `${GENERATED_NOTICE}
${imports.toText()}

${types.declarations()}
${operations.join('\n')}
/** Serves the operations of the contract. */
export interface ${nameContract(model, types.names).handlers} {
${handlers.join('\n\n')}
}
`;
}

/** Whose credentials a handler gets, as far as the contract says. */
function callerType({ access }: OperationModel, imports: Imports): string {
  const api = '@bulkhead/backend-plugin-api';
  const principals =
    access.credentials === 'none'
      ? [imports.use(api, 'NonePrincipal')]
      : [
          ...(access.principals.includes('user') ? [imports.use(api, 'UserPrincipal')] : []),
          ...(access.principals.includes('service') ? [imports.use(api, 'ServicePrincipal')] : []),
          ...(access.credentials === 'optional' ? [imports.use(api, 'NonePrincipal')] : []),
        ];
  return `${imports.use(api, 'Credentials')}<${principals.join(' | ')}>`;
}
